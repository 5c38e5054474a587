#!/usr/bin/env python3
"""Writes metrics.json: sacreBLEU 2.6's numbers for small nasty texts, all written for this purpose.

In an environment of its own:
    pip install 'sacrebleu==2.6.*'
    python make_metrics_reference.py > metrics.json
"""
import itertools
import json
import random

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

TOKENIZERS = ("13a", "none", "char", "intl")
SMOOTHING = (("exp", None), ("floor", None), ("floor", 0.01), ("add-k", None), ("add-k", 0.5),
             ("none", None))
BOOLS = (False, True)

# name: (hypotheses, reference texts)
TEXTS = {
    "plain": (
        ["The old mill stands by the river .", "She bought 3 apples, 2 pears and a melon.",
         "Nobody knew why the bell rang twice.", "Rain fell on the tin roof all night long."],
        [["The old mill stands beside the river.", "She bought 3 apples, 2 pears and one melon.",
          "Nobody knew why the bell had rung twice.", "All night long rain fell on the tin roof."]]),
    "empty lines": (
        ["", "a b c d e", "", "   ", "one two three four"],
        [["x y z", "", "", "", "one two three four five"]]),
    "every hypothesis empty": (["", ""], [["some words here", "and more words"]]),
    "every reference empty": (["some words here", "and more"], [["", ""]]),
    "nothing at all": ([""], [[""]]),
    "one reference empty": (
        ["the cat sat on the mat", "a dog barked at noon", "we left early"],
        [["the cat sat on a mat", "", "we left quite early"],
         ["", "a dog barks at noon every day", ""]]),
    "three references": (
        ["the quick fox jumps over the dog", "it is going to rain very soon now"],
        [["a quick fox leaps over the lazy dog", "it will rain soon"],
         ["the quick brown fox jumps over a dog", "it is going to be raining soon"],
         ["the fox jumps", "rain is going to come very soon now , it seems"]]),
    "no match": (["alpha beta gamma delta"], [["uno dos tres cuatro cinco"]]),
    "short lines": (["yes", "no no", "well then .", "x"], [["yes", "no", "well , then .", "y"]]),
    "Chinese and Japanese": (
        ["\u732b\u5750\u5728\u57ab\u5b50\u4e0a\u3002\u4eca\u5929\u4e0b\u96e8\uff0c\u6211\u4e0d\u51fa\u95e8\u3002",
         "\u543e\u8f29\u306f\u72ac\u3067\u3042\u308b\u3002\u540d\u524d\u306f\u3042\u308b\uff01",
         "\u30ab\u30bf\u30ab\u30ca\u30fb\u30c6\u30b9\u30c8\uff65\u300c\u5f15\u7528\u300d\uff08\uff11\uff12\uff0e\uff13\uff09"],
        [["\u90a3\u53ea\u732b\u5750\u5728\u57ab\u5b50\u4e0a\u3002\u4eca\u5929\u4e0b\u96e8\uff0c\u6240\u4ee5\u6211\u4e0d\u51fa\u53bb\u3002",
          "\u6211\u304c\u8f29\u306f\u72ac\u3067\u3042\u308b\u3001\u540d\u524d\u306f\u3042\u308b\u3002",
          "\u30ab\u30bf\u30ab\u30ca\u306e\u30c6\u30b9\u30c8\u300e\u5f15\u7528\u300f\uff08\uff11\uff12\uff0e\uff14\uff09\u32a4\u2f00\u31d0"]]),
    "Arabic, Hindi, Thai": (
        ["\u0630\u0647\u0628 \u0627\u0644\u0648\u0644\u062f \u0625\u0644\u0649 \u0627\u0644\u0633\u0648\u0642\u060c \u062b\u0645 \u0639\u0627\u062f\u061f \u0661\u0662\u066b\u0663",
         "\u0932\u0921\u093c\u0915\u093e \u092c\u093e\u091c\u093c\u093e\u0930 \u0917\u092f\u093e\u0964 \u0967\u0968",
         "\u0e40\u0e14\u0e47\u0e01\u0e44\u0e1b\u0e15\u0e25\u0e32\u0e14\u0e41\u0e25\u0e49\u0e27"],
        [["\u0630\u0647\u0628 \u0627\u0644\u0648\u0644\u062f \u0625\u0644\u0649 \u0627\u0644\u0645\u062f\u0631\u0633\u0629\u060c \u0648\u0639\u0627\u062f. \u0661\u0662\u066b\u0664",
          "\u0932\u0921\u093c\u0915\u0940 \u092c\u093e\u091c\u093c\u093e\u0930 \u0917\u0908\u0964 \u0967\u0969",
          "\u0e40\u0e14\u0e47\u0e01\u0e44\u0e1b\u0e42\u0e23\u0e07\u0e40\u0e23\u0e35\u0e22\u0e19"]]),
    "combining marks and emoji": (
        ["cafe\u0301 na\u0308chste \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f600!",
         "\u00bd cup, \u00bc spoon\u2026 \u20ac5.00 \u2014 \u201cok\u201d", "\u2460\u2461. \u2167, x\u00b2+y\u00b2=z\u00b2"],
        [["caf\u00e9 n\u00e4chste \U0001f469\u200d\U0001f467 \U0001f600 !",
          "\u00bd cup \u00be spoon... $5.00 - \u00abok\u00bb", "\u2460\u2462. \u2166, x\u00b2-y\u00b2=z\u00b3"]]),
    "odd spaces": (
        ["one\u2028two\u2029three\u0085four", "a\u00a0b\u3000c\u202fd  ", "\ttab\x1cfile\x1fsep\x0bvt ",
         "zero\u200bwidth \ufeffmark\u180e", "cr in\rside \r"],
        [["one two three four", "a b c d", "tab file sep vt", "zero width mark", "cr in side"]]),
    "entities, numbers, dashes": (
        ["He said &quot;no&quot; &amp; left; 1,000.50 or 1.000,50?", "a-b 5-6 -7 8- U.S.A. etc...",
         "<skipped>x &amp;lt;y&gt; 's John's it's", "foo/bar (baz) [qux] {quux} ~`^_|\\ a.b,c 1.a a.1 .,",
         "#1 @you 50% $3.20 *bold*", "1..2,,3 .. ,, ., 9.", "l'\u00e9t\u00e9 \u00ab d'avant \u00bb"],
        [["He said \"no\" & left, 1,000.5 or 1000,50?", "a - b 5 - 6 - 7 8 - U.S.A etc ...",
          "x &lt;y> 's Johns its", "foo / bar ( baz ) [ qux ] a.b , c 1. a a .1", "# 1 @ you 50 % $ 3.20 bold",
          "1 2 3 . , 9 .", "l' \u00e9t\u00e9 d'avant"]]),
    "case": (
        ["\u0130stanbul I\u0130 \u00c4\u00d6\u00dc \u1e9e STRASSE", "\u039f\u0394\u039f\u03a3 \u03a3 \u03a3\u03a3 \u0391\u03a3\u0301 \u03a3\u0391",
         "\u01c4 \u01c5 \u2126 \u212a \u212b \U00010400 \u13a0"],
        [["istanbul i\u0307i\u0307 \u00e4\u00f6\u00fc \u00df strasse", "\u03bf\u03b4\u03bf\u03c2 \u03c3 \u03c3\u03c2 \u03b1\u03c2\u0301 \u03c3\u03b1",
          "\u01c6 \u01c6 \u03c9 k \u00e5 \U00010428 \uab70"]]),
    # Tercom's normalisation is applied to a reference twice.
    "normalised twice": (["x &amp;lt; y", "3..4 .,5 a.,1,.b '.s", "it's 's.'s"],
                         [["x &amp;lt; y", "3..4 .,5 a.,1,.b '.s", "it's 's.'s"]]),
    "line breaks inside": (["hyphen-\nated word\nnext", "a\n-b c\n"], [["hyphenated word next", "a b\nc"]]),
}


def shuffled_texts():
    """Long lines for TER: its band, its limits on shifts, lengths that differ a lot."""
    draw = random.Random(20)
    vocabulary = [a + b for a in "bdfgk" for b in ("a", "e", "i", "o", "un", "em")]
    words = lambda n, of=30: [vocabulary[draw.randrange(of)] for _ in range(n)]
    reference = [words(70), words(60, 5), words(130), words(2), words(90), words(40, 3)]
    hypothesis = [list(line) for line in reference]
    draw.shuffle(hypothesis[0])
    hypothesis[1] = hypothesis[1][30:] + hypothesis[1][:30]
    hypothesis[2] = words(12) + hypothesis[2][60:130]
    hypothesis[3] = words(80)
    hypothesis[4] = hypothesis[4][:1]
    draw.shuffle(hypothesis[5])
    return [" ".join(line) for line in hypothesis], [[" ".join(line) for line in reference]]


def case_of(name, hypotheses, references):
    score = lambda metric: metric.corpus_score(hypotheses, references).score
    bleu = [(t, lc, "exp", None, False) for t in TOKENIZERS for lc in BOOLS]
    bleu += [("13a", False, *smooth, eff) for smooth in SMOOTHING for eff in BOOLS]
    chrf = [(6, w, 2, *flags) for w in (0, 2) for flags in itertools.product(BOOLS, repeat=3)]
    chrf += [(4, 1, 3, False, False, False), (1, 0, 1, False, False, False)]
    sentences = list(zip(hypotheses, zip(*references)))
    of_each = lambda metric: [metric.sentence_score(h, r).score for h, r in sentences]
    return {
        "name": name,
        "hypotheses": hypotheses,
        "references": references,
        "bleu": [[*o, score(BLEU(tokenize=o[0], lowercase=o[1], smooth_method=o[2],
                                 smooth_value=o[3], effective_order=o[4]))] for o in bleu],
        "chrf": [[*o, score(CHRF(char_order=o[0], word_order=o[1], beta=o[2], lowercase=o[3],
                                 whitespace=o[4], eps_smoothing=o[5]))] for o in chrf],
        "ter": [[*o, score(TER(*o))] for o in itertools.product(BOOLS, repeat=4)],
        "sentence_bleu": of_each(BLEU(effective_order=True)),
        "sentence_chrf": of_each(CHRF(word_order=2)),
        "sentence_ter": of_each(TER()),
    }


def paired_case():
    """Two systems that drop and swap words of generated lines, the second one more of them."""
    draw = random.Random(7)
    vocabulary = [a + b for a in "lmnprst" for b in ("ar", "i", "ost", "u")]
    reference = [[draw.choice(vocabulary) for _ in range(draw.randint(4, 14))] for _ in range(40)]

    def system(loss):
        lines = [[w for w in line if draw.random() > loss] for line in reference]
        return [" ".join(line[-2:] + line[:-2] if draw.random() < 0.3 else line) for line in lines]

    systems = [("base", system(0.1)), ("near", system(0.13)), ("far", system(0.3))]
    references = [[" ".join(line) for line in reference]]
    metrics = {"BLEU": BLEU(), "CHRF": CHRF(), "TER": TER()}
    signatures, results = PairedTest(systems, metrics, references, test_type="bs")()
    names = {"BLEU": "bleu", "chrF2": "chrf", "TER": "ter"}
    return {
        "systems": [lines for _, lines in systems],
        "references": references,
        "results": {names[m]: [[r.score, float(r.mean), float(r.ci), r.p_value] for r in results[m]]
                    for m in names},
        "signatures": {names[m]: str(signatures[m]) for m in names},
    }


def signatures():
    metrics = [BLEU(), BLEU(lowercase=True, tokenize="intl", smooth_method="add-k"),
               BLEU(smooth_method="floor", smooth_value=0.25, effective_order=True, tokenize="char"),
               CHRF(), CHRF(word_order=2, lowercase=True), CHRF(eps_smoothing=True, whitespace=True),
               TER(), TER(normalized=True, no_punct=True, asian_support=True, case_sensitive=True)]
    for metric in metrics:
        metric.corpus_score(["a"], [["a"], ["b"]])
    return [str(metric.get_signature()) for metric in metrics]


def decodings():
    """Bytes as hexadecimal and what Python makes of them."""
    broken = [b"ok", b"\xff", b"a\x80b", b"\xc3(", b"\xe2\x82", b"\xe2\x82x", b"\xf0\x9f\x98", b"\xf0\x9f\x98\x80",
              b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xe0\x80\x80",
              b"\xf1\x80\x80\xe1\x80\xc2b\x80c\x80\xbfd", b"\xef\xbf\xbd\xef\xbb\xbf"]
    return [[raw.hex(), raw.decode("utf-8", errors="replace")] for raw in broken]


texts = dict(TEXTS)
texts["long and shuffled"] = shuffled_texts()
parts = {
    "sacrebleu": sacrebleu.__version__,
    "cases": [case_of(name, *text) for name, text in texts.items()],
    "paired": paired_case(),
    "signatures": signatures(),
    "decodings": decodings(),
}
cases = ",\n".join(json.dumps(case) for case in parts.pop("cases"))  # a line each
rest = ",\n".join(f"{json.dumps(name)}: {json.dumps(part)}" for name, part in parts.items())
print("{" + rest + ',\n"cases": [\n' + cases + "\n]}")
