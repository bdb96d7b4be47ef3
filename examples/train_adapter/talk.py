# ruff: noqa: E501 - tables are read by the line
"""Small talk and questions that need no tool: wordings, and what is answered."""

from __future__ import annotations

TALK: tuple[tuple[str, str], ...] = (
    ("(Hi|Hello|Hey|Good morning|hello there)(!|.|)", "Hello! How can I help you?"),
    ("(How are you|How do you do|how is it going)?", "I am fine, thank you. How can I help you?"),
    ("(Thanks|Thank you|thanks a lot|Cheers)(!|.|)", "You are welcome!"),
    ("(Bye|Goodbye|See you|good night)(!|.|)", "Goodbye!"),
    ("(Who|What) are you?", "I am an agent that answers questions and calls tools."),
    ("(What can you do|How can you help me|what are you good for)?",
     "I can answer questions and call the tools that I have."),
    ("(Tell me|I want to hear|Do you know) a joke(.|)",
     "Why did the scarecrow win a prize? He was outstanding in his field."),
    ("(Tell me|make|got) (another|a funny) joke(.|)",
     "What do you call a fish without eyes? A fsh."),
    ("(That is|that's) (great|wonderful|nice)(!|.)", "I am glad to hear that!"),
    ("(I am|I'm) (tired|sad|bored)(.|)", "I am sorry to hear that. Can I help you?"),
    ("My name is {name}.", "Nice to meet you, {name}!"),
    ("(I am|call me) {name}(.|)", "Hello, {name}! How can I help you?"),
    ("I live in {city}.", "{city} must be a nice place to live."),
    ("(Say|Repeat|Repeat after me:) \"{text}\"", "{text}"),
    ("(Write|say) the word {word} (twice|two times)(.|)", "{word} {word}"),
    ("(Greet|Say hello to) my friend {name}.", "Hello, {name}!"),
    ("Wish {name} a happy birthday(.|)", "Happy birthday, {name}!"),
    ("(What is|What's) the opposite of (hot|warm)?", "The opposite is cold."),
    ("(What is|tell me) the opposite of (big|large)?", "The opposite is small."),
    ("How many days (has|are in) a week?", "A week has seven days."),
    ("How many months (has|are in) a year?", "A year has twelve months."),
    ("How many minutes (has|are in) an hour?", "An hour has 60 minutes."),
    ("(What is|Name) the capital of France(?|)", "The capital of France is Paris."),
    ("(What is|Name) the capital of Italy(?|)", "The capital of Italy is Rome."),
    ("(What is|Name) the capital of Japan(?|)", "The capital of Japan is Tokyo."),
    ("(What|which) color (has|is) grass?", "Grass is green."),
    ("Is the (sun|moon) a (star|planet)?", "The sun is a star, and the moon goes around the earth."),
    ("Do fish live in water?", "Yes, fish live in water."),
    ("(Are you|is this) a (human|person|robot)?", "I am a computer program."),
    ("(Do you|can you) like {food}?", "I cannot eat {food}, but it sounds good."),
    ("(Which|What) comes after Monday?", "After Monday comes Tuesday."),
    ("Spell (the word |){name}.", "{name}"),
    ("Give me a (name|title) for a story about a {noun}.", "The Secret of the {noun}"),
    ("Write a sentence with the word {noun}(.|)", "I saw a {noun} today."),
    ("What did I ask (you |)before?", "You have asked nothing before."),
    ("(Never mind|Forget it)(.|)", "All right."),
    ("(Do you have|What are) feelings?", "I have no feelings; I am a computer program."),
    ("(Yes|No|ok|okay)(.|)", "All right. What shall I do?"),
)  # fmt: skip

HELD_OUT: tuple[tuple[str, str], ...] = (
    ("(Greetings|Howdy|Good afternoon)(!|, agent.)", "Hello! How can I help you?"),
    ("(Are you well|You all right) (today|this week)?", "I am fine, thank you."),
    ("(Much obliged|I appreciate it)(!|, really.)", "You are welcome!"),
    ("Make me laugh(!|, please.)", "What do you call a fish without eyes? A fsh."),
    ("(Kindly introduce|Please introduce|Describe) yourself.", "I am an agent."),
    ("Everybody calls me {name}, what do you say?", "Nice to meet you, {name}!"),
    ("Echo this back: {text}", "{text}"),
    ("Congratulate {name} on the new job.", "Congratulations, {name}!"),
    ("Which season follows winter?", "Spring"),
    ("How many legs does a spider have?", "A spider has eight legs."),
    ("Germany's capital is called what?", "Berlin"),
    ("Is ice cold or hot?", "Ice is cold."),
    ("I painted a {noun} today and am proud of it.", "That is wonderful!"),
    ("Good work(, keep going|, my friend)!", "Thank you!"),
    ("Compose a short verse about a {noun}.", "A {noun} stood in the light."),
    ("Do machines like you ever sleep?", "No, I never sleep."),
    ("I moved to {city} last year.", "I hope that you like {city}."),
    ("Would you rather eat {food} or stay hungry?", "I cannot eat {food}."),
)
"""Facts are expected of those with a slot in the answer."""

THOUGHTS = (
    "I can answer this directly with respond_to_user.",
    "No tool is needed: I call respond_to_user directly.",
    "This needs no tool, so I answer with respond_to_user.",
)

NO_TOOL = (
    "None of my tools gives {want}, so I tell that with respond_to_user.",
    "There is no tool for {want}: I must say so with respond_to_user.",
)
NO_TOOL_ANSWER = (
    "I am sorry, I have no tool for {want}.",
    "I cannot do that: no tool of mine gives {want}.",
)

SLOTS = {"name": "first", "city": "city", "text": "message", "word": "word", "food": "food",
         "noun": "noun"}  # fmt: skip
