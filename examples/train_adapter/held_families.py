# ruff: noqa: E501 - tables are read by the line
"""Families of tools that training never sees: own names, wordings and subjects."""

TABLE = """
tide ho_place
n predict ask ; tide tide_level seawater
d When the sea is highest at a harbour. / Tide table of a port.
a harbour:harbour,port=city
q At which hour is the tide highest in {harbour}? / {harbour} tide, quickly / I sail from {harbour}: what about the tide?
w the tide
v hour=time
r high tide {hour}
f High tide in {harbour} is at {hour}.

pollen ho_place
n report measure_out ; pollen pollen_level allergy
d How much pollen flies in a region. / Pollen report.
a region:region,area=city
q My nose itches; how strong is the pollen around {region}? / pollen {region}? / Is {region} bad for people with allergies (at present|these days)?
w the pollen
v grains=int(1,900)
r {grains} grains
f Around {region} there are {grains} grains of pollen.

snow ho_place
n ask see ; snow_depth ski_slopes
d Snow depth of a ski resort. / Centimeters of snow on the slopes.
a resort:resort,mountain=name
q Is there enough snow to ski in {resort}? / how deep lies the snow up in {resort} / {resort} snow depth
w the snow
v depth=int(1,400)
r {depth} cm
f In {resort} lie {depth} cm of snow.

tram ho_travel
n next_ride leave ; tram streetcar
d Next tram between two stops. / When a tram leaves one stop for another.
a board:board_at,stop_a=name;leave:leave_at,stop_b=name
q I stand at {board} and my friend waits at {leave}: which tram do I take? / tram to {leave}, boarding at {board} / tram {board} - {leave}
w a tram
v line=int(1,400)
r line {line}
f Take line {line} to {leave}.

ferry2 ho_travel
n sail cross ; ship_crossing seaway
d Ships that cross from one harbour to another. / Crossing by ship.
a away:leaving,port_a=city;arrive:reaching,port_b=city;people:passengers,heads=int(1,90)
q We are {people} and would like to cross by ship, {away} to {arrive}. / ship to {arrive} for {people}, we leave from {away} / By sea from {away} over to {arrive}, {people} passengers
w a crossing by ship
v ship=name
r ship {ship}
f The ship {ship} brings you to {arrive}.

luggage ho_travel
n trace seek ; luggage suitcase_tag
d Finds lost luggage by its tag. / Where a suitcase is.
a tag:tag,luggage_tag=code
q My suitcase never came out, its tag says {tag}. / luggage tag {tag}, where did it end up? / trace {tag}
w lost luggage
v airport=city
r seen in {airport}
f Your suitcase is in {airport}.

campsite ho_travel
n pitch arrange ; campsite tent
d Arranges a tent pitch at a lake. / Camping pitch for some weeks.
a lake:lake,water=name;weeks:weeks,how_long=int(1,30)
q We would love to camp by lake {lake}; {weeks} weeks would do. / tent pitch, {weeks} weeks, lake {lake} / Arrange camping at {lake} lake during {weeks} weeks
w a tent pitch
v pitch=code
r pitch {pitch}
f Your pitch at lake {lake} is {pitch}.

gold ho_money
n value_of appraise ; gold precious_metal
d What an ounce of a precious metal is worth. / Value of metal by weight.
a metal:metal,substance=enum(gold,silver,platinum);ounces:ounces,weight_oz=num(1,90,1)
q My aunt left me {ounces} ounces of {metal}, are they worth much? / worth of {ounces} oz {metal} / appraise {metal}, {ounces} ounces
w the value of metal
v worth=int(20,90000)
r {worth} dollars
f They are worth {worth} dollars.

donate ho_money
n donate give ; charity good_cause
d Gives money to a charity. / Donation to a good cause.
a cause:cause,charity_name=company;euros:euros,gift=int(1,900)
q I feel generous: {euros} euros for {cause}! / donate {euros} to {cause} / Let {cause} have a gift of {euros} euros
w a donation
v receipt=code
r receipt {receipt}
f Thank you, your receipt is {receipt}.

invoice ho_money
n bill charge ; invoice_out client_bill
d Bills a client for hours of work. / Writes an invoice.
a firm:firm,billed_to=company;hours:worked,hours_worked=num(1,200,1)
q Bill {firm} for {hours} hours of my work. / {hours} hours go on an invoice to {firm} / invoice {firm}: {hours} h
w an invoice
v number=code
r invoice {number}
f The invoice {number} goes to {firm}.

blinds ho_home
n lower_raise shade ; blinds shutters
d Moves the blinds of a window up or down. / Raises and lowers shutters.
a window:window,side_room=room;way:way,motion=enum(up,down)
q The sun blinds me, blinds {way} in the {window}! / {window} shutters {way} / Could the blinds of the {window} go {way}?
w the blinds moved
r moved
f The blinds in the {window} went {way}.

washer ho_home
n launder wash ; laundry washing_cycle
d Starts the laundry at a temperature. / Washing programme.
a fabric:fabric,cloth=enum(wool,cotton,silk,linen);heat:heat,wash_degrees=int(20,95)
q My {fabric} things are dirty, wash them at {heat}. / laundry: {fabric} at {heat} degrees / Start a {heat} degree wash for {fabric}
w a laundry cycle
v mins=int(20,200)
r takes {mins} min
f The {fabric} wash takes {mins} minutes.

sprinkler ho_home
n irrigate sprinkle ; lawn flowerbeds
d Waters a part of the garden. / Litres of water for the plants.
a bed:bed,plot=name;litres:litres,water_amount=int(1,300)
q The {bed} bed looks thirsty, {litres} litres should help. / irrigate {bed} using {litres} litres / {litres} litres of water on the {bed} plot
w the garden watered
r flowing
f The {bed} bed gets {litres} litres.

voicemail ho_mail
n leave record_to ; voicemail spoken_message
d Leaves a spoken message for somebody. / Voicemail to a person.
a hearer:hearer,callee=person;speech:speech,words_spoken=message
q Leave {hearer} a voicemail: {speech} / "{speech}" - record that for {hearer} / If {hearer} does not pick up, leave the words "{speech}"
w a voicemail
r recorded
f {hearer} will hear your voicemail.

fax ho_mail
n fax transmit ; fax_page telefax
d Faxes a document. / Transmits a document to a fax machine.
a machine:machine,fax_line=phone;doc:doc,pages=file
q Fax {doc} to the machine {machine}. / the lawyers want {doc} by fax, {machine} / transmit to {machine} the document {doc}
w a fax
r transmitted
f {doc} went to {machine}.

invite ho_mail
n invite bid ; guests party_guests
d Invites guests to a party. / Invitations by name.
a guests:guests,invited=list(person);topic:occasion,party=title
q Invite {guests} to the {topic}. / {topic}: please have {guests} come / The {topic} should have these guests: {guests}
w guests invited
r invited
f {guests} are invited.

chess ho_play
n study ponder ; chess_opening chess_move
d Best answer to a chess move. / Advice on chess.
a move:move,played=code
q She opened with {move}; what do I play at the chess board? / chess: reply to {move} / Best chess answer against {move}?
w a chess move
v reply=code
r play {reply}
f Play {reply}.

quiz ho_play
n quiz riddle ; trivia brainteaser
d Asks a quiz question about a subject. / Trivia on a subject.
a subject:subject,field_of_quiz=topic;level:hardness,difficulty=enum(easy,medium,hard)
q Quiz me, {level} please, on {subject}. / one {level} trivia on {subject} / I know all of {subject}: try a {level} riddle
w a quiz question
v riddle=title
r {riddle}?
f Here is your question: {riddle}?

horoscope ho_play
n stars foretell ; horoscope star_sign
d Horoscope of a star sign. / What the stars say.
a sign:sign,zodiac=enum(aries,taurus,gemini,leo,virgo,libra,pisces)
q I am a {sign}, will I be lucky? / what do the stars hold for {sign} / {sign} horoscope
w a horoscope
v fortune=message
r {fortune}
f The stars say: {fortune}.

karaoke ho_play
n sing_along words_of ; lyrics songtext
d Lyrics of a song. / The words of a song, to sing along.
a tune:tune,sung_title=song
q I want to sing along to {tune}, give me the words. / lyrics of {tune} / How do the lyrics of "{tune}" go?
w lyrics
v line=message
r {line}
f It goes: {line}.

plant ho_nature
n identify_care tend ; houseplant plant_care
d How often a plant needs water. / Care of houseplants.
a plant:plant,species=name
q My {plant} hangs its leaves, how often does it drink? / care of a {plant} plant / every how many days do I water a {plant}
w the care of a plant
v days=int(1,60)
r water every {days} days
f Water the {plant} every {days} days.

bird ho_nature
n spot record_sighting ; bird sighting
d Records birds that were seen. / Bird watching log.
a bird:bird,bird_kind=name;seen:how_many,birds_seen=int(1,300)
q I just saw {seen} {bird} birds, put that into the bird log! / spotted: {seen} x {bird} / {bird} birds today: {seen}, note the sighting
w a sighting recorded
r logged
f {seen} {bird} birds are in the log.

star ho_nature
n locate aim ; planet star_position
d Where a star stands in the sky tonight. / Altitude of a star.
a star:star,celestial_body=name
q Where in the sky do I see {star}? / altitude of {star} tonight / I point my telescope at {star}, how high?
w the place of a star
v altitude=int(1,90)
r {altitude} degrees
f {star} stands at {altitude} degrees.

vet ho_nature
n arrange_vet pet_visit ; vet animal_doctor
d Gets a pet an appointment at the vet. / Vet visits.
a pet:pet,animal_name=first;at:moment,visit_at=datetime
q {pet} limps; get us to the vet at {at}. / vet {at} for {pet} / Our pet {pet} must see the vet, {at} suits
w a visit to the vet
v vet=person
r {vet} expects you
f {vet} expects {pet} at {at}.

dye ho_craft
n mix blend ; paint_colour dye
d Mixes two paints. / Which colour two paints give.
a base:base_paint,paint_a=name;extra:added_paint,paint_b=name
q What colour do I get out of {base} with some {extra} stirred in? / mix {base} paint and {extra} paint / take {base}, add {extra}: which colour?
w paints mixed
v colour=word
r {colour}
f They give {colour}.

knit ho_craft
n stitch knit ; yarn_need wool_amount
d Balls of wool for a piece of clothing. / How much yarn knitting takes.
a garment:garment,clothing=enum(scarf,hat,sweater,socks);rows:knit_rows,rows_planned=int(10,900)
q I plan a {garment} of {rows} rows, how many balls of wool is that? / yarn: {garment}, {rows} rows / {rows} rows for a {garment} - enough wool?
w the wool needed
v balls=int(1,60)
r {balls} balls
f You need {balls} balls for the {garment}.

engrave ho_craft
n engrave carve_letters ; plaque ring_text
d Engraves words into metal. / Carves letters.
a words:letters,engraved=song;metal:into,material=enum(brass,steel,copper)
q Have "{words}" engraved in {metal}. / {metal} plaque that reads "{words}" / Carve the words {words} into {metal}
w an engraving
v job=code
r job {job}
f The engraving is job {job}.

frame ho_craft
n cut_wood saw ; plank board_cut
d Cuts a plank of two measures in mm. / Saws wood.
a long:long_mm,board_length=int(100,4000);wide:wide_mm,board_width=int(10,90)
q Saw me a plank, {long} mm long and {wide} mm wide. / wood {wide} mm wide, {long} mm long / plank {long} x {wide}
w a plank cut
v cut=code
r cut {cut}
f Your plank is {cut}.
"""
