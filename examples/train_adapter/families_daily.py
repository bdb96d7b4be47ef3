# ruff: noqa: E501 - tables are read by the line
"""Families of tools: weather, people, mail, calendar, house."""

TABLE = """
weather place
n get fetch check show ; weather current_weather conditions
d Tells the weather in a city. / Current weather of a place. / Temperature and sky at a location.
a city:city,place,location,town=city
q What is the weather (like |)in {city}? / (tell|show) me the weather in {city} / weather {city} / How (warm|cold) is it in {city} (now|right now|at the moment)? / Is it raining in {city}? / do I need a coat in {city}
w the weather / the current weather
v temperature=int(-9,36);sky=enum(sunny,rainy,cloudy,foggy,snowy)
r {city}: {temperature} degrees, {sky} / {temperature} C, {sky}
f It is {temperature} degrees and {sky} in {city}. / In {city} it is {sky}, with {temperature} degrees.

forecast place
n get forecast predict ; forecast weather_forecast outlook
d Forecasts the weather for a day. / Weather forecast of a city by date.
a city:city,place,location=city;day:day,date,when=day
q What will the weather be in {city} on {day}? / forecast for {city}, {day} / Will it rain on {day} in {city}? / How will the weather be {day} in {city}?
w a weather forecast / the forecast
v high=int(5,38);low=int(-15,4)
r high {high}, low {low}
f In {city} expect {low} to {high} degrees on {day}.

air place
n get check measure ; air_quality pollution aqi
d Air quality index of a city. / How clean the air is at a place.
a city:city,place,location=city
q How (clean|polluted) is the air in {city}? / air quality in {city} / Is the air in {city} good today?
w the air quality
v index=int(5,280)
r index {index} / AQI of {city}: {index}
f The air quality index of {city} is {index}.

localtime place
n get current local ; time local_time clock
d Tells the local time of a city. / Current time at a place.
a city:city,location,place=city
q What time is it in {city}? / (current|local) time in {city} / How late is it in {city} now? / tell me the time in {city}
w the local time
v time=time
r {time} / local time: {time}
f It is {time} in {city}.

sun place
n get find ; sunrise sunset sun_times
d Times of sunrise and sunset. / When the sun rises and sets at a place.
a city:city,place=city;day:date,day=day
q When does the sun (rise|set) in {city} on {day}? / sun times {city} {day} / On {day}, when is (sunrise|sunset) in {city}?
w the times of the sun
v rise=time;set=time
r rise {rise}, set {set}
f In {city} the sun rises at {rise} and sets at {set}.

population place
n get lookup ; population inhabitants
d Number of inhabitants of a city. / Population of a place.
a city:city,place,name=city
q How many (people|inhabitants) (live in|has) {city}? / population of {city} / What is the population of {city}?
w the population
v people=int(900,9000000)
r {people} / {city} has {people} inhabitants
f {city} has {people} inhabitants.

mail mail
n send write ; email mail message
d Sends an e-mail. / Writes a mail to someone.
a recipient:to,recipient,address=email;text:body,text,message,content=message
q (Send|Write) (an email|a mail) to {recipient} saying "{text}" / mail {recipient}: {text} / Tell {recipient} by mail that {text}. / Email "{text}" to {recipient}.
w an e-mail sent
r sent / message queued
f I sent the mail to {recipient}. / Done: {recipient} gets the mail.

inbox mail
n read list get fetch ; inbox mails emails
d Lists mails in the inbox. / Reads the newest mails from a sender.
a sender:sender,from_person,name=person
q Did I get (mail|an email|anything) from {sender}? / show mails from {sender} / Any new mail by {sender}? / Read me the latest mail from {sender}.
w the mails of the inbox
v subject=title;when=time
r {when} {sender}: {subject}
f {sender} wrote at {when}: {subject}.

sms mail
n send text ; sms text_message text
d Sends a text message to a phone. / Sends an SMS.
a phone:number,phone,phone_number=phone;text:text,message,content=message
q Text {phone}: {text} / send an SMS to {phone} saying "{text}" / Send "{text}" by SMS to {phone}.
w a text message sent
r sent / delivered
f The text message was sent to {phone}.

chat mail
n post send ; chat_message post channel_message
d Posts a message to a chat channel. / Writes into a channel.
a channel:channel,room,group=word;text:text,message=message
q Post "{text}" (to|in) channel {channel}. / write in {channel}: {text} / Tell the channel {channel} that {text}.
w a message in the channel
r posted / ok
f Your message is in the channel {channel}.

event calendar
n create add make new ; event calendar_event appointment entry
d Puts an event into the calendar. / Creates a calendar entry. / Adds an appointment.
a title:title,name,subject,summary=title;datetime:datetime,start,when,date_time=datetime
q (Create|Add|Make) an event "{title}" (at|on|for) {datetime}. / put {title} into my calendar at {datetime} / On {datetime} I have {title}, note it in the calendar. / new appointment {datetime}: {title}
w a calendar entry
r Event created: {title}, {datetime}. / created
f {title} is in your calendar for {datetime}. / Done: {title}, {datetime}.

agenda calendar
n list get show read ; events agenda schedule appointments
d Lists the events of a day. / What the calendar holds on a date.
a day:day,date,when=day
q What is on my (calendar|agenda) {day}? / show my events for {day} / Do I have (anything|something) on {day}? / agenda {day}
w the events of a day
v event=title;at=time
r {at} {event}
f On {day} you have {event} at {at}.

unevent calendar
n delete cancel remove ; event appointment meeting
d Cancels an event of the calendar. / Removes a calendar entry.
a title:title,event,name=title
q Cancel (the event |){title}. / delete {title} from my calendar / {title} is off, remove it from the calendar / Please take "{title}" out of my calendar.
w an event cancelled
r deleted / 1 event removed
f I cancelled {title}.

reminder calendar
n set create add ; reminder alert
d Sets a reminder. / Reminds the user of a task at a time.
a task:task,text,what=task;time:time,at,when=time
q Remind me to {task} at {time}. / at {time}, remind me to {task} / set a reminder: {task}, {time} / I must {task} at {time}, do not let me forget.
w a reminder
r reminder set / ok
f I will remind you to {task} at {time}.

alarm calendar
n set start ; alarm wake_up alarm_clock
d Sets the alarm clock. / Wakes the user at a time.
a time:time,at,clock=time
q Wake me (up |)at {time}. / alarm {time} / set an alarm for {time} / I want to get up at {time}.
w an alarm
r alarm on / ok
f The alarm is set for {time}.

timer calendar
n start set ; timer countdown
d Starts a timer of some minutes. / Counts down minutes.
a minutes:minutes,duration,mins=int(1,180)
q (Start|Set) a timer (for|of) {minutes} minutes. / timer {minutes} min / Count down {minutes} minutes. / tell me when {minutes} minutes are over
w a timer
r running / timer started
f A timer of {minutes} minutes is running.

dayscount calendar
n count compute ; days days_between date_difference
d Counts the days between two dates. / Number of days from one date to another.
a first:start,from_date,first=date;last:end,to_date,last=date
q How many days are there from {first} to {last}? / days between {first} and {last} / count the days until {last}, beginning at {first}
w the days between two dates
v days=int(2,900)
r {days} / {days} days
f There are {days} days from {first} to {last}.

contact people
n find get lookup ; contact phone_number contact_phone
d Finds the phone number of a person. / Looks up a contact's phone.
a person:name,person,contact,who=person
q What is the phone number of {person}? / number of {person} / How can I (call|phone) {person}? / {person}'s phone number please
w a phone number
v phone=phone
r {phone} / {person}: {phone}
f The number of {person} is {phone}.

address people
n find get lookup ; address mail_address email_address
d Finds the e-mail address of a person. / Looks up someone's e-mail.
a person:name,person,who,contact=person
q What is {person}'s email (address|)? / email of {person} / Find the mail address of {person}. / Where can I write to {person} by email?
w an e-mail address
v email=email
r {email} / {person}: {email}
f {person}'s address is {email}.

birthday people
n get find ; birthday birth_date
d Tells when someone was born. / Birthday of a person.
a person:person,name,who=person
q When is {person}'s birthday? / birthday of {person} / When was {person} born?
w a birthday
v born=date
r {born} / born {born}
f {person} was born on {born}.

call people
n call dial phone start ; contact number person
d Calls a person by phone. / Starts a phone call.
a person:person,name,contact=person
q Call {person}. / phone {person} please / I want to speak to {person} on the phone. / ring up {person}
w a phone call
r calling / connected
f I am calling {person}.

newcontact people
n add save create ; contact person phonebook_entry
d Saves a new contact. / Adds a person to the phone book.
a person:name,person=person;phone:phone,number=phone
q (Save|Add) {person} with the number {phone}. / new contact {person}, {phone} / {phone} is the number of {person}, save it
w a new contact
r saved / contact added
f I saved {person} with the number {phone}.

lights home
n set switch turn ; light lights lamp
d Switches the lights of a room on or off. / Turns a lamp on or off.
a room:room,place,where=room;on:on,state,enabled=bool(on,off)
q Turn {on} the lights in the {room}. / lights {on} in the {room} / switch the {room} light {on} / (I want|make) the {room} lights {on}
w the lights switched
r ok / done
f The lights in the {room} are {on}.

dim home
n set change ; brightness light_level
d Sets the brightness of a lamp in percent. / Dims the light of a room.
a room:room,where=room;percent:percent,level,brightness=int(1,100)
q Dim the {room} light to {percent} percent. / brightness {percent}% in the {room} / Set the light of the {room} to {percent}%.
w the light dimmed
r ok / brightness {percent}
f The light in the {room} is at {percent} percent.

heat home
n set change adjust ; temperature thermostat heating
d Sets the thermostat of a room. / Heats a room to a temperature.
a room:room,zone=room;degrees:degrees,temperature,target=num(12,28,1)
q (Heat|Set) the {room} to {degrees} degrees. / {degrees} degrees in the {room} please / thermostat {room} {degrees} / Make it {degrees} degrees in the {room}.
w the heating changed
r ok / target {degrees}
f The {room} will have {degrees} degrees.

door home
n lock set control ; door front_door lock
d Locks or unlocks a door. / Controls a door's lock.
a door:door,name=enum(front,back,side,garage);action:action,command=enum(lock,unlock)
q {action} the {door} door / Please {action} the {door} door. / Can you {action} the door at the {door}?
w a door's lock changed
r ok / done
f Done: {action} of the {door} door.

roomtemp home
n get read ; room_temperature sensor thermometer
d Reads the thermometer of a room. / Temperature inside a room.
a room:room,sensor=room
q How warm is the {room}? / temperature in the {room} / read the thermometer in the {room}
w the temperature of a room
v degrees=num(14,29,1)
r {degrees} / {degrees} C
f It is {degrees} degrees in the {room}.

vacuum home
n start run send ; vacuum cleaner robot
d Sends the cleaning robot to a room. / Vacuums a room.
a room:room,area=room
q Vacuum the {room}. / clean the {room} with the robot / send the vacuum to the {room} / the {room} floor is dirty
w a room cleaned
r started / on its way
f The robot cleans the {room}.

note notes
n save write add create ; note memo
d Saves a note. / Writes down a text.
a text:text,content,note=message
q (Note|Write down): {text} / make a note that {text} / Save the note "{text}".
w a note
r saved / note stored
f I noted: {text}.

todo notes
n add put ; todo task todo_item
d Adds a task to the to-do list. / Puts something on the list of tasks.
a task:task,item,title=task;priority:priority,level=enum(low,normal,high)?
q Add "{task}" to my (to-do list|tasks)[ with {priority} priority]. / todo: {task}[, {priority} priority] / I must {task}, put it on my list[ as {priority}]
w a new task on the list
r added / ok
f {task} is on your list.

shopping notes
n add put ; shopping_list groceries cart_item
d Adds things to the shopping list. / Puts food on the grocery list.
a items:items,things,products=list(food)
q Add {items} to the shopping list. / we need {items} / put {items} on the grocery list / shopping list: {items}
w things on the shopping list
r ok / list updated
f The shopping list now has {items}.
"""
