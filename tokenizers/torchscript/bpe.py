# Byte-pair encoding (Sennrich et al. 2016): of all neighbours that make a piece, those of the
# highest score merge first, the leftmost of equals before the others. No merge crosses the edge of
# a user-defined symbol, nor, where no piece has a space inside, that of a word.


def prepare_segmentation(self) -> None:
    self.piece_symbols = self.trie("piece_symbols")
    ids_of: Dict[str, int] = {}
    rank_of: Dict[str, int] = {}
    ranks = self.integers("ranks")
    for id, piece in enumerate(self.pieces):
        if ranks[id] >= 0:
            text = piece.replace(self.space_text, self.space_mark)
            ids_of[text] = id
            rank_of[text] = ranks[id]
    self.ids_of = ids_of
    self.rank_of = rank_of
    # Words that merge into one piece, without the space before them.
    whole_words: Dict[str, int] = {}
    for id in self.integers("whole_words"):
        whole_words[self.pieces[id][len(self.space_text):]] = id
    self.whole_words = whole_words
    self.by_word = self.settings["by_word"] == 1


def segment(self, text: List[int]) -> List[int]:
    ids: List[int] = []
    begin = 0
    if self.has_symbols:
        i = 0
        while i < len(text) - 1:
            rule, width = self.longest(self.piece_symbols, text, i, self.widths[text[i]])
            if rule >= 0:
                self.segment_part(text[begin:i] + [0], ids)
                ids.append(rule)
                begin = i + width
            i += width
    self.segment_part(text[begin:], ids)
    return ids


def segment_part(self, text: List[int], ids: List[int]) -> None:
    line = self.as_string(text)
    if not self.by_word:
        self.segment_word(line, ids)
        return
    mark = self.space_mark
    words = line.split(mark)
    self.segment_word(words[0], ids)
    for word in words[1:]:
        id = self.whole_words.get(word, -1)
        if id >= 0:
            ids.append(id)
        else:
            self.segment_word(mark + word, ids)


def characters(self, word: str) -> List[str]:
    characters: List[str] = []
    i = 0
    while i < len(word):
        width = self.widths[ord(word[i])]
        characters.append(word[i:i + width])
        i += width
    return characters


def segment_word(self, word: str, ids: List[int]) -> None:
    parts = self.characters(word)
    rank_of = self.rank_of
    # Of each part and the one after it; the last has none.
    ranks = [rank_of.get(parts[i] + parts[i + 1], -1) for i in range(len(parts) - 1)]
    ranks.append(-1)
    best = max(ranks)
    while best >= 0:
        at = ranks.index(best)
        right = parts.pop(at + 1)
        parts[at] = parts[at] + right
        ranks.pop(at)
        if at + 1 < len(parts):
            ranks[at] = rank_of.get(parts[at] + parts[at + 1], -1)
        if at > 0:
            ranks[at - 1] = rank_of.get(parts[at - 1] + parts[at], -1)
        best = max(ranks)
    for part in parts:
        id = self.ids_of.get(part, 1)
        if id == 1:
            unknown = [ord(byte) for byte in part]
            self.add_unknown(unknown, 0, len(unknown), ids)
        else:
            ids.append(id)
