# ruff: noqa: E501 - tables are read by the line
"""Families of tools: travel, money, sports, media, words."""

TABLE = """
route travel
n find plan get ; route directions way
d Finds the route between two places. / Directions from one town to another.
a start:start,origin,from_place,source=city;goal:end,destination,to_place,target=city
q How do I get from {start} to {goal}? / route to {goal} from {start} / directions {start} to {goal} / I am in {start} and must go to {goal}, which way?
w a route
v road=code;hours=int(1,30)
r take road {road}, {hours} hours
f Take road {road}: from {start} to {goal} it takes {hours} hours.

distance travel
n get measure compute ; distance kilometers
d Distance between two cities. / How far two places are apart.
a start:origin,start,city1,a=city;goal:destination,end,city2,b=city
q How far is it from {start} to {goal}? / distance to {goal} from {start} / distance {start} {goal} / How many kilometers are between {start} and {goal}?
w a distance
v km=int(12,9000)
r {km} km / {km}
f It is {km} km from {start} to {goal}.

flights travel
n search find list ; flights flight connections
d Finds flights between cities on a day. / Searches flights.
a start:origin,departure,from_city=city;goal:destination,arrival,to_city=city;day:date,day,when=day
q Find flights from {start} to {goal} on {day}. / flights to {goal} from {start}, {day} / I want to fly to {goal} on {day}, leaving from {start}. / {day} {start} to {goal} by plane
w flights
v flight=code;price=int(40,1500)
r {flight}, {price} euros
f Flight {flight} from {start} to {goal} costs {price} euros.

flightstatus travel
n get check track ; flight_status flight_info
d Status of a flight. / Tells whether a flight is on time.
a flight:flight,flight_number,number=code
q Is flight {flight} on time? / status of flight {flight} / When does {flight} land? / track flight {flight}
w the state of a flight
v status=enum(on time,delayed,cancelled,boarding);gate=code
r {status}, gate {gate}
f Flight {flight} is {status}; its gate is {gate}.

trains travel
n find get list ; trains departures train_connections
d Finds trains between stations. / Next train from one station to another.
a start:origin,from_station,start=city;goal:destination,to_station,goal=city
q When is the next train from {start} to {goal}? / train to {goal} from {start} / trains {start} {goal} / I need a train to {goal}; I start in {start}.
w a train
v leaves=time;train=code
r {train} at {leaves}
f The train {train} leaves {start} for {goal} at {leaves}.

hotel travel
n find search book ; hotel hotels room
d Finds a hotel in a city for some nights. / Searches hotel rooms.
a city:city,place,location=city;nights:nights,num_nights,stay=int(1,21)
q Find a hotel in {city} for {nights} nights. / {nights} nights in {city} / I need a room in {city}, {nights} nights / Where can I sleep in {city} for {nights} nights?
w a hotel
v hotel=name;price=int(40,600)
r Hotel {hotel}, {price} per night
f Hotel {hotel} in {city} has a room for {price} per night.

taxi travel
n order call book ; taxi cab ride
d Orders a taxi to an address. / Books a ride.
a place:pickup,address,place=street;time:time,at,when=time
q Order a taxi to {place} at {time}. / taxi {time}, {place} / At {time} I need a cab at {place}.
w a taxi
v car=code
r car {car} is booked
f Taxi {car} comes to {place} at {time}.

parking travel
n find get ; parking car_park parking_spots
d Finds free parking near a street. / Where to park the car.
a place:near,address,street=street
q Where can I park near {place}? / parking at {place} / find a parking spot close to {place}
w a place to park
v free=int(1,400)
r {free} free
f There are {free} free spots near {place}.

visa travel
n check get ; visa visa_rules entry_rules
d Visa rules between two countries. / Whether a citizen needs a visa.
a citizen:nationality,passport,citizenship=name;country:country,destination=name
q Do citizens of {citizen} need a visa for {country}? / visa for {country} with a passport of {citizen} / I have a {citizen} passport and travel to {country}, visa?
w the visa rules
v days=int(10,180)
r no visa up to {days} days
f No visa is needed for {country} up to {days} days.

currency money
n convert exchange change ; currency money amount
d Converts an amount of money. / Exchanges between currencies.
a amount:amount,value,sum=num(1,9000,2);source:source,from_currency,base=enum(USD,EUR,GBP,JPY,CHF,SEK);target:target,to_currency,quote=enum(USD,EUR,GBP,JPY,CHF,SEK)
q Convert {amount} {source} to {target}. / how much is {amount} {source} in {target}? / {amount} {source} in {target} / What do I get in {target} for {amount} {source}?
w money converted
v result=num(1,9000,2)
r {result} {target} / {result}
f {amount} {source} are {result} {target}.

rate money
n get latest ; exchange_rate rate
d Exchange rate of two currencies. / The rate from one currency to another.
a source:base,source,from_currency=enum(USD,EUR,GBP,JPY,CHF,SEK);target:quote,target,to_currency=enum(USD,EUR,GBP,JPY,CHF,SEK)
q What is the exchange rate from {source} to {target}? / rate {source} {target} / exchange rate to {target} from {source}
w an exchange rate
v rate=num(0,3,4)
r {rate} / 1 {source} = {rate} {target}
f The rate from {source} to {target} is {rate}.

stock money
n get fetch lookup ; stock_price quote share_price
d Current price of a stock. / Looks up a share by its ticker.
a ticker:ticker,symbol,stock=ticker
q What is the stock price of {ticker}? / {ticker} share price / How is {ticker} doing? / quote {ticker}
w a stock price
v price=num(2,900,2)
r {price} / {ticker} {price}
f {ticker} is at {price}.

trade money
n trade place order ; stock shares stock_order
d Buys or sells shares. / Places an order at the stock exchange.
a side:side,action,order=enum(buy,sell);count:quantity,shares,count=int(1,500);ticker:ticker,symbol=ticker
q {side} {count} shares of {ticker} / Please {side} {count} {ticker}. / I want to {side} {ticker}, {count} shares.
w an order of shares
v order=code
r order {order} accepted
f Your order {order} is placed: {side} {count} {ticker}.

pay money
n transfer send pay ; money payment funds
d Transfers money to a person. / Pays somebody.
a person:recipient,to,person=person;amount:amount,sum,value=num(1,3000,2)
q (Send|Pay) {person} {amount} euros. / transfer {amount} to {person} / {person} gets {amount} euros from me / Pay {amount} to {person}.
w money transferred
r done / transfer ok
f {person} got {amount} from you.

balance money
n get check show ; balance account_balance saldo
d Balance of an account. / How much money an account holds.
a account:account,account_id,number=code
q How much (money |)is on account {account}? / balance of {account} / What does account {account} hold?
w the balance
v balance=num(10,90000,2)
r {balance}
f Account {account} holds {balance}.

loan money
n compute estimate ; loan_rate mortgage monthly_payment
d Monthly payment of a loan. / Computes what a loan costs per month.
a amount:principal,amount,loan=int(1000,900000);years:years,term,duration=int(2,40);percent:rate,interest,percent=num(1,12,2)
q What do I pay monthly for {amount} over {years} years at {percent} percent? / loan of {amount}, {years} years, {percent}% / At {percent} percent, what is the monthly payment of {amount} in {years} years?
w the monthly payment
v payment=num(20,9000,2)
r {payment} per month
f You pay {payment} per month.

tip money
n compute split ; tip bill restaurant_bill
d Splits a bill and adds a tip. / Computes what each guest pays.
a total:bill,total,amount=num(8,600,2);people:people,guests,persons=int(2,20);percent:tip,tip_percent=int(0,30)?
q Split a bill of {total} between {people} people[ with {percent} percent tip]. / {people} of us share {total}[, tip {percent}%]: how much each?
w the bill split
v each=num(2,90,2)
r {each} each
f Everybody pays {each}.

score sports
n get fetch ; score match_result game_result
d Result of a team's last game. / Score of a match.
a team:team,club,team_name=team
q How did {team} play? / score of {team} / Did {team} win? / last result of {team}
w a result
v own=int(0,9);other=int(0,9)
r {own}:{other}
f {team} played {own}:{other}.

fixture sports
n get next find ; match fixture game
d Next game of a team. / When a team plays.
a team:team,club=team
q When does {team} play next? / next game of {team} / next match {team}
w the next game
v day=date;rival=team
r {day} against {rival}
f {team} plays {rival} on {day}.

standing sports
n get show ; table standings ranking
d Table of a league in a year. / Who leads a league.
a league:league,competition=name;season:season,year=int(1960,2029)
q Who won the {league} league in {season}? / table of {league} {season} / standings of the {league} league, {season}
w a league's table
v leader=team;points=int(20,99)
r 1. {leader} {points}
f {leader} led the {league} league with {points} points.

player sports
n get find ; player player_stats athlete
d Statistics of a player. / Goals of a player.
a player:player,name,athlete=person
q How many goals did {player} score? / stats of {player} / goals by {player}
w a player's statistics
v goals=int(0,90)
r goals: {goals}
f {player} scored {goals} goals.

song media
n play start ; song music track
d Plays a song. / Starts music by title and artist.
a title:title,song,track=song;artist:artist,singer,band=person?
q Play "{title}"[ by {artist}]. / put on {title}[ from {artist}] / I want to hear {title}[ by {artist}]
w a song
r playing / ok
f Now playing {title}.

volume media
n set change ; volume loudness
d Sets the volume. / Changes how loud the speaker is.
a level:level,volume,percent=int(0,100)
q Set the volume to {level}. / volume {level} / (louder|quieter) please, {level} percent
w the volume changed
r ok / volume {level}
f The volume is {level}.

film media
n find get ; film movie movie_info
d Information about a film. / Who directed a movie.
a title:title,film,movie=song
q Who directed the (film|movie) {title}? / director of "{title}" / tell me about the movie {title}
w a film's data
v director=person;year=int(1930,2025)
r {year}, directed by {director}
f {title} was directed by {director} in {year}.

podcast media
n find search ; podcast podcasts episodes
d Finds podcasts about a topic. / Searches podcast episodes.
a topic:topic,subject,about=topic
q Find a podcast about {topic}. / podcasts on {topic} / I want to listen to something about {topic}
w a podcast
v show=name
r {show}
f The podcast {show} is about {topic}.

playlist media
n create make ; playlist mix
d Makes a playlist with songs. / Creates a playlist of a name.
a name:name,title=word;songs:songs,tracks=list(song)
q Make a playlist {name} with {songs}. / playlist {name}: {songs} / Put {songs} into a new playlist called {name}.
w a playlist
r created / ok
f The playlist {name} has {songs}.

book media
n find search get ; book books title
d Finds books by an author. / Searches the library for an author.
a author:author,writer,name=person
q Which books did {author} write? / books by {author} / find something written by {author}
w books of an author
v title=song;year=int(1900,2025)
r {title} ({year})
f {author} wrote {title} in {year}.

borrow media
n reserve borrow ; book library_book
d Reserves a library book. / Borrows a book by its title.
a title:title,book=song
q Reserve the book "{title}". / borrow {title} from the library / I would like to read {title}, get it from the library
w a book reserved
v shelf=code
r shelf {shelf}
f {title} waits for you on shelf {shelf}.

museum media
n get find ; opening_hours museum_hours
d Opening hours of a museum. / When a museum is open.
a museum:museum,name,place=name;day:day,date=day
q When is the {museum} museum open on {day}? / opening hours {museum} museum {day} / Is the {museum} museum open {day}?
w the opening hours
v opens=time;closes=time
r {opens} to {closes}
f The {museum} museum is open from {opens} to {closes}.

translate words
n translate convert ; text sentence language
d Translates a text into a language. / Says a sentence in another language.
a text:text,sentence,phrase=message;language:language,target,target_language=enum(French,German,Spanish,Italian,Swedish,Dutch)
q Translate "{text}" (in|)to {language}. / How do you say "{text}" in {language}? / "{text}" in {language} / Say in {language}: {text}
w a translation
v translation=word
r {translation}
f In {language} it is: {translation}.

define words
n define lookup explain ; word dictionary meaning
d Explains what a word means. / Looks up a word in the dictionary.
a word:word,term,entry=word
q What does "{word}" mean? / define {word} / meaning of {word} / Look up the word {word}.
w the meaning of a word
v meaning=phrase
r {word}: a {meaning}
f {word} means: {meaning}.

synonym words
n get find ; synonyms similar_words
d Words of the same meaning. / Finds synonyms of a word.
a word:word,term=word
q Give me a synonym (of|for) {word}. / synonyms {word} / another word for {word}
w a synonym
v other=word
r {other}
f Another word for {word} is {other}.

rhyme words
n find get ; rhymes rhyme
d Finds words that rhyme. / Rhymes of a word.
a word:word,ending=word
q What rhymes with {word}? / rhymes for {word} / find a rhyme for {word}
w a rhyme
v rhyme=word
r {rhyme}
f {rhyme} rhymes with {word}.

spell words
n check correct ; spelling text_spelling
d Checks the spelling of a text. / Corrects a text.
a text:text,sentence,input=message
q Check the spelling of "{text}". / is this written correctly: {text} / Correct my text: {text}
w the spelling checked
v mistakes=int(0,5)
r {mistakes} mistakes
f I found {mistakes} mistakes.

count words
n count get ; words word_count letters
d Counts the words of a text. / Number of words.
a text:text,input,sentence=message
q How many words are in "{text}"? / count the words: {text} / word count of "{text}"
w the words counted
v words=int(2,20)
r {words}
f The text has {words} words.
"""
