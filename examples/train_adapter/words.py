"""Word lists of the value pools: one set for training, one that only the evaluation uses."""

from __future__ import annotations

TRAINING: dict[str, str] = {
    "onsets": "b br d dr f g gr k kr l m n p r s st t tr v z th",
    "cities": """London,Paris,Berlin,Madrid,Rome,Vienna,Prague,Lisbon,Dublin,Athens,Warsaw,Budapest,
        Tokyo,Osaka,Seoul,Beijing,Delhi,Mumbai,Cairo,Lagos,Nairobi,Sydney,Toronto,Boston,Chicago,
        Denver,Seattle,Lima,Bogota,Quito,New York,San Diego,Cape Town,Buenos Aires,Oslo,Zurich""",
    "first": """Anna,Ben,Carla,David,Emma,Felix,Grace,Hugo,Irene,Jonas,Karin,Leo,Maria,Nils,Olga,
        Paul,Rita,Sam,Tina,Viktor,Leonardo,Peter,Laura,Marco,Sofia""",
    "nouns": """dog,cat,house,bicycle,kettle,lantern,bridge,garden,ladder,violin,candle,basket,
        helmet,mountain,river,castle,window,mirror,blanket,hammer,boat,tractor,balloon,pumpkin,
        pencil,sofa,camera,clock,rocket,spoon,teapot,umbrella,feather,pillow,statue,fountain,
        piano,drum,fox,horse,owl,turtle,whale,tiger,rabbit,spider,tulip,cactus,forest,island""",
    "adjectives": """brown,red,green,blue,old,small,large,wooden,golden,broken,quiet,shiny,round,
        heavy,bright,dusty,striped,ancient,cheap,modern,empty,wild,frozen,sleepy,rusty""",
    "doing": "running,sleeping,jumping,sitting,smiling,flying,swimming,dancing,eating,standing",
    "feelings": """am happy,am tired,feel great,feel lonely,have a headache,am nervous,could dance,
        miss my friends,am in love,feel hungry,am late,am proud,slept badly,am on holiday""",
    "topics": """solar power,bread baking,chess openings,tax rules,bee keeping,glacier melt,
        old coins,train history,garden soil,night photography,wool dyeing,coffee roasting,
        robot arms,tea ceremonies,bird migration,steam engines,paper folding,volcano safety,
        sleep research,city planning,jazz drumming,cheese making,desert plants,bridge design""",
    "tasks": """water the plants,call the dentist,pay the rent,renew the passport,buy stamps,
        clean the oven,feed the cat,return the books,wash the car,fix the door,order new shoes,
        book the train,charge the drill,empty the bins,write the report,send the invoice""",
    "titles": """team meeting,piano lesson,budget review,dentist visit,yoga class,birthday party,
        garden tour,project kickoff,wine tasting,book club,job interview,parents evening""",
    "clauses": """I will be late,the train is delayed,the keys are under the mat,lunch is ready,
        the report is finished,we need more paint,the meeting is moved,the parcel came today,
        the boiler is leaking,I found your scarf,the tickets are sold out,dinner is at our place""",
    "endings": "see you soon,please call me,thanks again,no need to hurry,bring a coat,as agreed",
    "foods": """lentil soup,apple pie,rice,tomatoes,mushroom risotto,pancakes,oat milk,goat cheese,
        carrots,lemon cake,noodles,black beans,fish stew,onions,walnuts,honey,garlic bread""",
    "companies": "Works,Labs,Motors,Foods,Energy,Bank,Media,Textiles,Robotics,Airways",
    "rooms": "kitchen,bedroom,bathroom,hall,office,garage,cellar,living room,attic",
    "streets": "Street,Road,Lane,Avenue",
    "suffixes": "pdf,txt,csv,docx,png,md",
    "domains": "mail.com,post.net,inbox.org",
    "letters": "ABCDEFGKLMNPRSTX",
}
"""Comma-separated lists, by name; ``onsets`` are separated by spaces."""

HELD_OUT: dict[str, str] = {
    "onsets": "h j w y kl sk pl qu sh ch fl gl sw",
    "cities": """Helsinki,Porto,Geneva,Kyoto,Hanoi,Manila,Tunis,Dakar,Perth,Ottawa,Dallas,
        Caracas,Salt Lake City,Krakow,Naples,Antwerp""",
    "first": "Astrid,Boris,Chloe,Dylan,Esther,Fabio,Helga,Ivan,Judith,Kofi,Wanda,Yusuf",
    "nouns": """goat,windmill,trumpet,suitcase,anchor,ladybird,scooter,telescope,chimney,parrot,
        hedgehog,canoe,wardrobe,compass,orchid,squirrel,waterfall,penguin""",
    "adjectives": "purple,crooked,fluffy,silver,transparent,muddy,elegant,spotted,foggy,crimson",
    "doing": "climbing,yawning,digging,skating,howling,singing",
    "feelings": "am furious,feel cheerful,have a cold,am worn out",
    "topics": """wind turbines,soap carving,medieval maps,coral bleaching,kite surfing,
        violin repair,salt mining,origami cranes,subway tunnels,honey hunting""",
    "tasks": """iron the shirts,mow the lawn,visit the bank,sharpen the knives,tune the guitar,
        sort the photos,defrost the freezer,walk the dog""",
    "titles": "choir rehearsal,tax consultation,museum trip,design workshop,swim training",
    "clauses": """the heating is off,my bus broke down,we won the match,the cake is burnt,
        the plumber comes at noon,your jacket is here,the exam went well""",
    "endings": "talk later,let me know,take your time,all the best",
    "foods": "pea soup,plum jam,couscous,radishes,blueberry muffins,coconut milk,salmon,celery",
    "companies": "Logistics,Pharma,Optics,Shipping,Ceramics",
    "rooms": "pantry,nursery,library,conservatory,laundry",
    "streets": "Square,Boulevard,Alley",
    "suffixes": "json,xlsx,jpg,html",
    "domains": "letters.io,webpost.eu",
    "letters": "HJQVWYZ",
}
"""The same names with other entries: the leak test compares them."""


def listed(text: str) -> list[str]:
    """The entries of a comma-separated list."""
    return [" ".join(entry.split()) for entry in text.split(",")]
