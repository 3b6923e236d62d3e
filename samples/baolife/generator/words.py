# -*- coding: utf-8 -*-
"""What lives are told in. No unicode_literals: under Python 2 these are byte strings, as version 1 had them."""

FIRST = (
    "Mia Emma Hannah Sofia Lina Clara Lea Anna Nora Ida Zoë Chloé Aylin Mei Ngozi Priya Yuki Freya Ines Øyunn "
    "Ben Paul Leon Finn Noah Elias Luis Jonas Felix Max José Søren Kwame Arjun Wei Haruto Omar Mateo Łukasz Bao"
).split()
LAST = (
    "Weber Fischer Becker Schulz Hoffmann Koch Richter Klein Wolf Schröder Neumann Zimmermann Braun Krüger "
    "Hartmann Lange Nguyen García Kowalska Okafor Sharma Tanaka Öztürk Lindqvist Moreau Rossi Dvořák O'Brien Chen Silva"
).split()
TRAITS = (
    "kind loud shy brave lazy curious jealous patient funny stubborn generous tidy reckless loyal dreamy "
    "ambitious musical sporty bookish forgetful"
).split()
PLACES = (
    "park|library|night market|beach|school|gym|café Blau|city hall|hospital|airport|old mill|cinema|zoo|"
    "swimming pool|harbour|university|skate park|观景台|grandma's kitchen|prison"
).split("|")
EMPLOYERS = "Noodle House|Stadtwerke|Pixel & Sons|St. Anna Hospital|Kowalska Law|Harbour Logistics|Radio 104|City Zoo".split("|")
TITLES = "dishwasher|clerk|junior developer|nurse|paralegal|driver|radio host|zookeeper|teacher|chef".split("|")
SKILLS = "cooking coding guitar football writing charm fitness chess".split()
EVENTS = (
    "school:First day of school|school:Failed a maths test|school:Won the spelling bee|family:A sibling was born|"
    "family:Grandpa moved in|family:Big fight over dinner|love:First kiss|love:Broken heart|love:Moved in together|"
    "work:Got the job|work:Promotion|work:Laid off|health:Broke an arm|health:Flu|health:Ran a half marathon|"
    "money:Found a wallet|money:Lottery ticket, nothing|money:Car repair|fun:Concert at the harbour|fun:Camping in the rain"
).split("|")
ITEMS = "umbrella|guitar|old phone|running shoes|lucky coin|cookbook|bicycle|chess set|tent|silver ring|camera|teapot".split("|")
MEMORIES = (
    "We laughed until the lights went out.|I never told anyone about that evening.|The smell of rain on the tent.|"
    "He lent me his bicycle and never asked for it back.|She was the first who believed me.|"
    "That was the summer everything changed.|I still owe them an apology.|Best soup of my life."
).split("|")
MESSAGES = (
    "Hey!|How was your day?|lol|ok|See you later|Are you coming tonight?|I miss you|Can we talk?|No.|Yes please|"
    "Did you eat already?|That was so funny yesterday|I got the job!!|Sorry, I overslept|Where are you?|At home, you?|"
    "Happy birthday! 🎂|Call me when you can|I don't want to talk about it|We should go to the beach|Mum says hi|"
    "Thanks for everything ❤️|Don't be late again|Never mind|What a game!|Guess who I met today|It's raining here|"
    "I'll pay you back on Friday, promise|You were right|Good night|Morning ☀️|Can you feed the cat?|Which one do you like better?|"
    "I was thinking about what you said last week, and maybe you have a point|Let's just forget it ever happened|…|👍|"
    "Do you still have my book?|The train is late, don't wait for me|Cinema at eight?|我到了|Haha, no way"
).split("|")
OPENERS = "Hi %s, |%s! |Dear %s, |Listen, %s, |".split("|")
BIOS = (
    "Grew up by the harbour, collects tickets of every concert.|Wants to see every capital before turning forty.|"
    "Talks to plants. They answer.|Once swam across the lake for a bet and still tells everybody.|"
    "Makes the best dumplings in town, ask for the recipe and lose a friend."
).split("|")
THEMES = "light dark harbour sunset".split()
LANGUAGES = "en de es pl tr zh".split()
HOURS = "sleep sleep sleep sleep sleep sleep breakfast commute work work work work lunch work work work work commute gym dinner tv tv read sleep".split()
