# ruff: noqa: E501 - tables are read by the line
"""Families made by program: every action below, for every thing of the list."""

THINGS = """kiln beehive greenhouse turbine pump ferry loom oven drone elevator printer scanner
fountain sauna aquarium crane silo tractor lathe windlass projector boiler dryer antenna reactor
mill conveyor forklift compressor dehumidifier freezer locker gate valve tank hangar dock barge
telescope furnace press mixer charger battery inverter robot trolley kiosk terminal sensor beacon
stable vineyard quarry orchard cellar warehouse archive laboratory workshop studio gallery"""

TABLE = """
@status thing:@
n get check read ; @_status @_state
d Tells the state of a @. / Whether a @ works.
a id:id,@_id,name=code
q (How is|What is the state of) @ {id}? / status of (the |)@ {id} / is @ {id} working? / check @ {id}
w the state of a @
v state=enum(running,idle,broken,paused)
r {state} / {id}: {state}
f The @ {id} is {state}.

@owner thing:@
n get find ; @_owner @_keeper
d Tells who owns a @. / Who is responsible for a @.
a id:id,@_id,number=code
q Who (owns|is responsible for) @ {id}? / owner of @ {id} / whose is @ {id}
w the owner of a @
v owner=person
r {owner}
f {owner} owns the @ {id}.

@set thing:@
n set change ; @_level @_power
d Sets the power of a @. / Changes the level of a @.
a id:id,@_id,name=word;level:level,power,value=int(1,400)
q Set @ {id} to {level}. / level {level} for @ {id} / change the power of @ {id} to {level}
w the power of a @ changed
r ok / done
f The @ {id} is set to {level}.

@book thing:@
n book reserve rent ; @ @_slot
d Books a @ for a day. / Rents a @.
a person:person,for_whom,customer=person;day:day,date=day
q Book a @ for {person} on {day}. / @ for {person}, {day} / {person} needs a @ on {day}, reserve one
w a @ booked
v code=code
r booked: {code}
f The @ is booked for {person}: {code}.

@count thing:@
n count list ; @s @_fleet
d Counts the @s of a town. / How many @s a place has.
a city:city,place,town=city
q How many @s are (there |)in {city}? / number of @s in {city} / count the @s in {city}
w the number of @s
v count=int(0,800)
r {count}
f There are {count} @s in {city}.

@cost thing:@
n get estimate ; @_price @_cost
d Price of a @ for some hours. / What a @ costs per use.
a hours:hours,duration=int(1,72);model:model,kind=name
q What does a {model} @ cost for {hours} hours? / price of a @ {model}, {hours} hours / {hours} hours of {model} @, how much?
w the price of a @
v price=num(5,900,2)
r {price}
f {hours} hours cost {price}.

@move thing:@
n move send transfer ; @ @_unit
d Moves a @ between two sites. / Sends a @ from one place to another.
a id:id,@_id=code;start:source,from_site,origin=city;goal:target,to_site,destination=city
q Move @ {id} from {start} to {goal}. / send @ {id} to {goal} from {start} / @ {id} leaves {start} for {goal}, arrange it
w a @ moved
v day=date
r arrives {day}
f The @ {id} reaches {goal} on {day}.

@fault thing:@
n report log ; @_fault @_problem
d Reports a fault of a @. / Logs that a @ is broken.
a id:id,@_id,number=code;text:problem,text,what=message
q Report for @ {id}: {text} / @ {id} has a problem: {text} / log a fault "{text}" of @ {id}
w a fault of a @ reported
v number=code
r report {number}
f The fault is reported as {number}.

@switch thing:@
n switch turn control ; @ @_switch
d Switches a @ on or off. / Starts or stops a @.
a id:id,@_id,name=word;on:on,active,running=bool(on,off)
q Switch @ {id} {on}. / turn {on} the @ {id} / @ {id} {on} please
w a @ switched
r ok / done
f The @ {id} is {on}.

@check thing:@
n plan schedule ; @_inspection @_service
d Plans the inspection of a @. / Schedules service by an inspector.
a inspector:inspector,who,by=person;time:datetime,when=datetime
q {inspector} inspects the @ at {time}, plan that. / plan a @ inspection by {inspector}, {time} / On {time} {inspector} should check the @.
w an inspection of a @
r planned / ok
f {inspector} inspects the @ at {time}.
"""


def expanded(table: str, things: str) -> str:
    """The table once for each thing."""
    return "\n\n".join(table.strip().replace("@", thing) for thing in things.split())
