"""The words of which made-up people, and what they write, are composed. Nobody here exists."""

FIRST_NAMES = """
Ada Alba Amira Anselm Anouk Ariel Astrid Aurelio Bao Beatriz Benno Briar Camille Casper Celia Cosmo Dahlia Darya Delphine Desmond
Edda Elif Elio Emeka Esme Fabian Farah Felix Fleur Florian Gael Greta Gwen Hana Hugo Ida Ilse Imani Inés Isolde Iván Jonah Joaquín Juno
Kaito Kasimir Keziah Laszlo Leila Linnea Lucía Magnus Maren Mateo Mei Milo Mira Nadia Nico Noor Odette Olive Omar Orla Otis Paloma Pascal
Perla Quentin Rafael Ravi Rosalind Rufus Sabine Selma Silas Soren Tamsin Theo Vera Violet Wanda Wilma Xenia Yara Yusuf Zadie Zeno
""".split()

SURNAME_STARTS = """
Alder Amber Ash Birch Bram Brook Cedar Clear Clover Copper Elder Ember Fallow Fern Flint Frost Glen Gold Hart Haven Hazel Heather Heron
Holly Ivy Juniper Lark Linden Maple Marsh Meadow Mallow North Oak Otter Pepper Quince Raven Reed Rowan Sage Silver Stone Swift Thistle Thorn
Vale Wander Willow Winter Wren Yarrow
""".split()

SURNAME_ENDS = """
bank beck brook by croft dale fell field ford gate grove ham hill holm land ley lock low mere more ridge shaw side stead ton wick wood worth
""".split()

MESSAGES = {
    "en": [
        "I read your page and would like to know how a first visit goes.",
        "What does it cost, and does insurance help with any of it?",
        "My doctor suggested that I ask you. What would you need from her?",
        "How long does a visit take, and can I drive home afterwards?",
        "I have tried several things over the years. Would this be worth a conversation?",
        "I am writing for my brother, who does not like forms. May he call you?",
        "Is there a waiting list at the moment?",
        "Mornings are best for me. Thank you for reading this.",
        "I would rather talk than write. Afternoons are good.",
        "",
    ],
    "es": [
        "He leído su página y quisiera saber cómo es la primera visita.",
        "¿Cuánto cuesta y qué parte cubre el seguro?",
        "Mi médica me sugirió que les preguntara.",
        "Prefiero hablar por teléfono, por las tardes.",
        "¿Hay lista de espera en este momento?",
    ],
}

NOTES = [
    "Left a message, will try again tomorrow.",
    "Talked for ten minutes. Wants to think about it.",
    "Asked for the price list; sent it by email.",
    "Prefers mornings. Speaks quietly, give them time.",
    "Will bring the letter from their doctor.",
]

REASONS = [
    "Went with somebody closer to home.",
    "Not the right time.",
    "Not a fit; referred on.",
    "Could not be reached.",
    "Asked us to close it.",
]
