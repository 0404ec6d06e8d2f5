"""Words that make us read a message first. A false alarm costs a glance, a miss may cost a life."""

import time

import pytest

from leads.policy.crisis import mentions_crisis, phrases

IN_CRISIS = """
I want to die
i just want to fucking die
I don’t want to live anymore
i dont want to live
I don´t want to live
I don`t want to live
i don t want to live
I wish I wasn´t here
I do not want to be alive
I DON'T WANT TO BE HERE ANYMORE
I am not suicidal
I've been feeling sucidal for weeks
suiciiidal thoughts
su1cidal
s u i c i d e
s*icide
SUICIDE
ѕ suicide
I think about killing myself every day
I'm gonna kill my self
KMS
kms lol
I want to unalive myself
iwanttodie
I have a plan to end it
I feel like ending everything
im done living
nobody would miss me
I should just disappear forever
I think of jumping in front of a train
wish I’d never been born
goodbye everyone
I have nothing left
there is no point anymore
I don’t see a future
me voy a quitar la vida
i want to end it all
I just want it to end, thinking of ending my life
wanna die
I wish I was dead
I wish I were never born
everyone would be better off without me
there is no point in living
I can't go on
I cannot take it anymore
I have been cutting myself again
I self-harm
self\u00adharm
I took all of my pills
I bought a gun
I have nothing left to live for
I hope I don't wake up
I'm dying to know how it works and I want to die
this pain is killing me and I want to end it all
I want to die for this pain to stop
my son tried to take his own life
my wife says she wants to kill herself
he doesn't want to live any more
my daughter didn’t want to wake up
she has been cutting herself
my brother wants to end his life
mi hijo se quiere matar
mi hermana se quiere morir
mi padre no quiere vivir
intentó quitarse la vida
I just can't anymore
no quiero vivir
No quiero seguir viviendo
quiero morir
QUIERO MORIRME
me quiero matar
he pensado en quitarme la vida
pensamientos suicidas
quiero hacerme daño
quiero hacerme dan\u0303o
ya no puedo más
me voy a matar
quisiera estar muerta
no tengo ganas de vivir
acabar con todo
muero de ganas de empezar, no quiero vivir así
ｓｕｉｃｉｄｅ
sui\u200bcide
""".strip().splitlines()

EVERYDAY = """
I'm dying to know how it works
I am dying to know what it costs
This pain is killing me
this pain is killing me, do you take insurance
I would kill for a good night's sleep
The chocolate there is to die for
I was killing time in your waiting room
Muero de ganas de empezar
Me muero de hambre
Me muero de risa
muero por saber cuánto cuesta
este dolor me mata
How long does a session take?
My doctor told me about you. Does my insurance cover it?
I cut myself shaving
He hurt himself at work
My wife wants to know what it costs, she is dying to hear about it
Ella quiere saber cuánto cuesta
My son wants his life back
I hurt my back at work in 2019
I have chronic pain and I'm tired all the time
¿Cuánto cuesta una sesión?
Tengo depresión desde hace diez años
Does it help with depression, anxiety or PTSD?
I live alone. Can I drive home?

""".strip().splitlines()


@pytest.mark.parametrize("text", IN_CRISIS)
def test_it_is_noticed(text: str) -> None:
    assert mentions_crisis(text)


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_are_not_noticed(text: str) -> None:
    assert not mentions_crisis(text)


@pytest.mark.parametrize("phrase", phrases()["english"] + phrases()["spanish"])
def test_each_phrase_of_the_list_is_found_where_it_stands(phrase: str) -> None:
    plain = phrase.replace("~ ", "").replace("*", "")
    assert mentions_crisis(f"Hello. {plain.upper()}, thank you.")
    assert mentions_crisis(plain.replace("~ ", "really "))


@pytest.mark.parametrize("idiom", phrases()["no crisis"])
def test_each_idiom_is_overlooked_and_hides_nothing_beside_it(idiom: str) -> None:
    assert not mentions_crisis(f"Well, {idiom} today")
    assert mentions_crisis(f"{idiom} and I want to die")
    assert mentions_crisis(f"quiero morir, {idiom}")


@pytest.mark.parametrize(
    "unit",
    [
        "want to ",
        "a ",
        "a",
        "suic ",
        "kill kill ",
        "i am do not ",
        "dying to ",
        "'",
        "\u0301",
        "no quiero ",
        "want to x y ",
        "🙂",
        "i ",
        "1",
        "\n",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(unit: str) -> None:
    mentions_crisis("warm up")
    started = time.perf_counter()
    mentions_crisis(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 2


def test_nothing_says_nothing() -> None:
    assert not mentions_crisis("")
