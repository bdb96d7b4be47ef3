# ruff: noqa: E501 - tables are read by the line
"""Families of tools: files, data, shops, food, units, images and searches."""

TABLE = """
images search
n search find get ; images image pictures photo
d Finds an image by its description. / Searches pictures.
a query:query,description,text,q=phrase
q Find an image of a {query}. / (show|get) me a (picture|photo) of a {query} / {query} image / I need a picture of a {query} / search images of {query}
w an image
v file=file
r Found 1 image: {file} / {file}
f I found this image: {file}.

web search
n search find lookup query ; internet web online google
d Searches the internet. / Finds facts and news online. / Web search.
a query:query,q,search_term,text=query
q Search the internet for {query}. / look up {query} online / google {query} / Find information (on|about) {query} (on the web|online).
w information from the internet
v title=title;url=url
r {title} - {url}
f I found {title}: {url}.

news search
n get find read ; news headlines articles
d Latest news about a topic. / Headlines on a subject.
a topic:topic,subject,about=topic
q What is the news (about|on) {topic}? / news {topic} / latest headlines about {topic}
w news
v headline=message
r {headline}
f The news: {headline}.

video search
n search find ; videos clips video
d Searches videos. / Finds a clip about something.
a query:query,about,text=phrase
q Find a video of a {query}. / videos with a {query} / I want to watch a clip of a {query}
w a video
v url=url
r {url}
f Here is a video: {url}.

draw search
n draw generate paint ; image picture drawing
d Draws a new picture. / Generates an image from a description.
a prompt:prompt,description=phrase;size:size,pixels=enum(256,512,1024)?
q Draw a {prompt}[ with {size} pixels]. / generate a picture of a {prompt}[, size {size}] / paint me a {prompt}[ in {size}]
w a new picture
v file=file
r {file}
f Your picture is {file}.

readfile files
n read open load cat ; file text_file document
d Reads a file. / Opens a file and gives its text.
a path:path,file,filename,file_name=file
q Read {path}. / What is in (the file|) {path}? / open {path} / show me the content of {path}
w the content of a file
v content=message
r {content}
f {path} says: {content}.

writefile files
n write save create ; file text_file document
d Writes a text into a file. / Saves text as a file.
a path:path,filename,file=file;text:content,text,data=message
q Write "{text}" into {path}. / save "{text}" as {path} / Create {path} with the text "{text}". / {path} should contain: {text}
w a file written
r written / ok
f I wrote the text into {path}.

movefile files
n move rename mv ; file path document
d Renames a file. / Moves a file to another path.
a source:source,old,from_path=file;target:target,new,to_path=file
q Rename {source} to {target}. / move {source} to {target} / {target} is the new name of {source}, rename it / call the file {target} instead of {source}
w a file renamed
r ok / moved
f {source} is now {target}.

deletefile files
n delete remove erase ; file document
d Deletes a file. / Removes a file forever.
a path:path,file,filename=path
q Delete {path}. / remove the file {path} / {path} is not needed any more, delete it
w a file deleted
r deleted / ok
f {path} is deleted.

listfiles files
n list show ls ; files folder directory
d Lists the files of a folder. / Shows what a directory holds.
a folder:folder,directory,path=word
q Which files are in (the folder|) {folder}? / list {folder} / show the directory {folder}
w the files of a folder
v file=file
r {file}
f The folder {folder} holds {file}.

filesize files
n get check ; file_size size
d Size of a file in bytes. / How big a file is.
a path:file,path,filename=file
q How (big|large) is {path}? / size of {path} / file size {path}
w the size of a file
v bytes=int(10,900000)
r {bytes} / {bytes} bytes
f {path} has {bytes} bytes.

sql data
n run execute query ; sql database statement
d Counts rows of a database table. / Queries a table with a condition.
a table:table,table_name=word;column:column,field=word;value:value,equals=code
q How many rows of {table} have {column} {value}? / count {table} where {column} is {value} / In {table}, how often is {column} equal to {value}?
w rows of a table
v rows=int(0,9000)
r {rows} rows
f {rows} rows of {table} have {column} {value}.

customer data
n get find load ; customer client customer_record
d Loads a customer by number. / Data of a client.
a id:id,customer_id,number=int(100,99999)
q Who is customer {id}? / customer {id} / show the record of client {id}
w a customer
v name=person;city=city
r {name}, {city}
f Customer {id} is {name} from {city}.

orderstatus data
n get track check ; order order_status delivery parcel
d Status of an order. / Tracks a parcel by its number.
a order:order_id,order,number,tracking=code
q Where is my order {order}? / track {order} / status of order {order} / Has the parcel {order} arrived?
w the state of an order
v status=enum(shipped,packed,delivered,lost);place=city
r {status}, {place}
f Order {order} is {status} in {place}.

ticket data
n create open file ; ticket issue bug_report
d Opens a support ticket. / Files a bug report.
a title:title,summary,subject=message;level:severity,priority,level=int(1,5)?
q Open a ticket: {title}[, severity {level}] / file a bug "{title}"[ with priority {level}] / new issue[ (level {level})]: {title}
w a ticket
v number=code
r {number} opened
f Ticket {number} is open.

restart data
n restart reboot ; server service machine
d Restarts a server. / Reboots a machine by name.
a server:server,host,name=word
q Restart (the server|) {server}. / reboot {server} / {server} hangs, restart it please
w a server restarted
r ok / restarting
f {server} is restarting.

price shop
n get find check ; price product_price cost
d Price of a product. / What a product costs in the shop.
a product:product,item,name=product
q (What does|How much is) the {product}? / price of {product} / What does the {product} cost?
w a price
v price=num(2,2000,2)
r {price} / {price} euros
f The {product} costs {price}.

cart shop
n add put ; cart basket to_cart
d Puts a product into the cart. / Adds items to the shopping basket.
a product:product,item=product;quantity:quantity,amount,count=int(1,40)
q Put {quantity} {product} into my cart. / add {quantity} of {product} to the basket / {product}, {quantity} pieces, into the cart please
w a product in the cart
r ok / added
f {quantity} {product} are in your cart.

stocklevel shop
n check get ; stock inventory availability
d Whether a product is in stock. / How many pieces the store has.
a product:product,item,article=product;city:store,city,branch=city?
q Is the {product} in stock[ in {city}]? / stock of {product}[, store {city}] / How many {product} (are left|do you have)[ in {city}]?
w the stock of a product
v pieces=int(0,300)
r {pieces} / {pieces} pieces
f There are {pieces} pieces of {product}.

refund shop
n request start ; refund return
d Requests a refund of an order. / Returns an order.
a order:order,order_id=code;reason:reason,why=enum(broken,late,wrong)?
q I want my money back for order {order}[: it is {reason}]. / refund {order}[, {reason}] / return order {order}[ because it was {reason}]
w a refund
v sum=num(3,400,2)
r {sum} will be refunded
f You get {sum} back for {order}.

recipe food
n find search get ; recipe recipes dish
d Finds a recipe. / How to cook a dish.
a dish:dish,name,meal=food;people:servings,people,portions=int(1,20)?
q How do I (make|cook) {dish}[ for {people} people]? / recipe {dish}[, {people} portions] / find a recipe for {dish}[ for {people}]
w a recipe
v minutes=int(10,180)
r ready in {minutes} minutes
f The recipe of {dish} takes {minutes} minutes.

calories food
n get count ; calories nutrition energy
d Calories of a food. / Energy of grams of a food.
a food:food,item=food;grams:grams,weight,amount=int(5,900)
q How many calories have {grams} grams of {food}? / calories {food} {grams} g / I ate {grams} g of {food}: how many calories?
w calories
v kcal=int(10,2000)
r {kcal} kcal / {kcal}
f {grams} grams of {food} have {kcal} kcal.

table food
n book reserve ; table restaurant restaurant_table
d Books a table in a restaurant. / Reserves a table.
a restaurant:restaurant,place,name=name;people:people,guests,seats=int(1,16);time:time,at=time
q Book a table at {restaurant} for {people} at {time}. / {people} people, {time}, restaurant {restaurant} / At {time} reserve a table for {people} in the {restaurant}.
w a table
v code=code
r booked, {code}
f Your table at {restaurant} is booked: {code}.

deliver food
n order deliver ; food meal delivery
d Orders food to an address. / Has a meal delivered.
a dish:dish,meal,item=food;address:address,to,where=street
q Order {dish} to {address}. / bring {dish} to {address} / I am at {address} and would like {dish}
w food delivered
v minutes=int(10,90)
r in {minutes} minutes
f {dish} arrives at {address} in {minutes} minutes.

units units
n convert change ; units unit measure
d Converts a value between units. / Changes the unit of a measure.
a value:value,amount,number=num(1,900,1);source:from_unit,source,unit=enum(km,mile,meter,foot,inch);target:to_unit,target,into=enum(km,mile,meter,foot,inch)
q Convert {value} {source} to {target}. / {value} {source} in {target} / How many {target} are {value} {source}? / what is {value} {source} expressed in {target}
w units converted
v result=num(0,900,3)
r {result} / {result} {target}
f {value} {source} are {result} {target}.

weight units
n convert ; weight mass kilos
d Converts weights. / Converts between kilograms, pounds and ounces.
a value:value,weight=num(1,500,1);source:from_unit,unit=enum(kg,pound,ounce,gram);target:to_unit,target=enum(kg,pound,ounce,gram)
q {value} {source} in {target} / How heavy is {value} {source} in {target}? / convert a weight of {value} {source} to {target}
w a weight converted
v result=num(0,900,3)
r {result} {target}
f {value} {source} are {result} {target}.

celsius units
n convert ; temperature celsius degrees
d Converts a temperature. / Celsius to Fahrenheit and back.
a value:value,degrees,temperature=num(-40,120,1);scale:to,target,scale=enum(celsius,fahrenheit,kelvin)
q Convert {value} degrees to {scale}. / what is {value} degrees in {scale} / {value} degrees as {scale}
w a temperature converted
v result=num(-50,300,1)
r {result}
f {value} degrees are {result} in {scale}.

random units
n get draw generate ; random random_number dice
d Draws a random number. / Random whole number between two bounds.
a low:low,min,from_number=int(0,50);high:high,max,to_number=int(51,5000)
q Give me a random number (between|from) {low} (and|to) {high}. / random number {low} to {high} / draw a number of at most {high} and at least {low}
w a random number
v number=int(0,5000)
r {number}
f Your number is {number}.

password units
n generate create make ; password secret
d Makes a password. / Random password of a length.
a length:length,characters,size=int(6,64);symbols:symbols,special=bool(with,without)
q Make a password of {length} characters {symbols} symbols. / password, {length} long, {symbols} special characters / {symbols} symbols and {length} characters: a new password please
w a password
v password=code
r {password}
f Your password is {password}.

workout health
n log record add ; workout training exercise
d Records a workout. / Logs minutes of sport.
a sport:sport,kind,activity=enum(running,swimming,cycling,yoga,rowing);minutes:minutes,duration=int(5,240)
q Log {minutes} minutes of {sport}. / I did {sport} for {minutes} minutes / {sport} {minutes} min, record it
w a workout recorded
r saved / ok
f I recorded {minutes} minutes of {sport}.

bmi health
n compute get ; bmi body_mass
d Body mass index of height and weight. / Computes the BMI.
a height:height,height_cm=int(120,215);weight:weight,weight_kg=int(35,180)
q I am {height} cm tall and weigh {weight} kg: what is my BMI? / BMI for {weight} kg and {height} cm / bmi {height} cm {weight} kg
w the body mass index
v bmi=num(14,45,1)
r {bmi}
f Your BMI is {bmi}.

doctor health
n book make ; doctor_appointment visit appointment
d Books a visit to a doctor. / Makes an appointment with a doctor.
a doctor:doctor,name=name;day:day,date=day
q Book a visit to Doctor {doctor} on {day}. / appointment with Dr. {doctor}, {day} / I must see Doctor {doctor} {day}
w a visit to the doctor
v time=time
r {time}
f Doctor {doctor} sees you on {day} at {time}.
"""

OURS = """
web search
n search ; internet
d Searches the internet for facts and news.
a query=query
q Search the internet for {query}. / What do you find about {query}? / find {query} on the internet / Look for {query} online.
w information from the internet
v title=title
r {title}
f I found: {title}.

images search
n search ; images
d Finds an image by its description.
a query=phrase
q (find|Find|Search) an image of a {query} / Show me a {query}. / I want a picture of a {query}.
w an image
v file=file
r Found 1 image: {file}
f I found this image: {file}.

event calendar
n create ; event
d Puts an event into the calendar.
a title=title;datetime=datetime
q Create an event {title} at {datetime}. / Put {title} into my calendar at {datetime}. / On {datetime} there is {title}: add it.
w a calendar entry
r Event created: {title}, {datetime}.
f {title} is in your calendar for {datetime}.
"""
