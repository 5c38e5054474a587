# Where an over-long line is cut: app/decoding/long_input.cpp in TorchScript, over bytes.


def begins_word(self, piece: str) -> bool:
    return piece.startswith("▁")


def ends_with_any(self, text: str, endings: List[str]) -> bool:
    for ending in endings:
        if text.endswith(ending):
            return True
    return False


def without_closers(self, text: str) -> str:
    """Without what may close a quotation or a bracket behind the full stop."""
    closers = ["\"", "'", ")", "]", "”", "’", "»", "」", "』", "）"]
    found = True
    while found:
        found = False
        for closer in closers:
            if len(text) > len(closer) and text.endswith(closer):
                text = text[:len(text) - len(closer)]
                found = True
    return text


def cut_between(self, before: str, after: str) -> int:
    """How good a cut is: 3 after a sentence, 2 after a clause, 1 between words, 0 inside a word.
    Scripts without spaces need none behind their full stop."""
    text = self.without_closers(before)
    if self.ends_with_any(text, ["。", "！", "？", "．"]):
        return 3
    space = self.begins_word(after)
    if space and self.ends_with_any(text, [".", "!", "?", "…", "।", "؟"]):
        return 3
    if self.ends_with_any(text, ["、", "，", "；", "："]):
        return 2
    if space and self.ends_with_any(text, [",", ";", ":", "–", "—", "،"]):
        return 2
    return 1 if space else 0


def split_points(self, pieces: List[str], longest: int) -> List[int]:
    """The ends of the parts, each of at most `longest` pieces and as long as a good cut allows."""
    ends: List[int] = []
    begin = 0
    while len(pieces) - begin > longest:
        best = begin + longest
        best_cut = 0
        for end in range(begin + longest, begin, -1):
            if best_cut < 3:
                cut = self.cut_between(pieces[end - 1], pieces[end])
                if cut > best_cut:
                    best = end
                    best_cut = cut
        ends.append(best)
        begin = best
    ends.append(len(pieces))
    return ends
