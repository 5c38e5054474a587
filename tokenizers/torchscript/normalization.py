# SentencePiece's normalizer. What comes out is UTF-8 but for U+2581, its space, which is the one
# byte 0xFF and so counts as one character of one byte everywhere.


# Where the replacement for the text at place i begins, or -1 for none, and the bytes it stands for:
# of a user-defined symbol, else of the longest rule, else of one character.
def rule_at(self, text: List[int], i: int) -> Tuple[int, int]:
    rule = -1
    width = self.widths[text[i]]
    if self.has_symbols:
        rule, width = self.longest(self.symbols, text, i, width)
    if rule < 0:
        rule, width = self.longest(self.rules, text, i, width)
    return rule, width


# The id and the bytes of the longest key of a trie at place i; -1 and `width` for none.
def longest(self, trie: List[List[int]], text: List[int], i: int, width: int) -> Tuple[int, int]:
    labels = trie[0]
    bases = trie[1]
    ids = trie[2]
    found = -1
    next = i
    byte = text[next]
    cell = bases[0] ^ byte
    while labels[cell] == byte:
        next += 1
        if ids[cell] >= 0:
            found = ids[cell]
            width = next - i
        byte = text[next]
        cell = bases[cell] ^ byte
    return found, width


# A replacement ends at a zero.
def replacement_end(self, begin: int) -> int:
    end = begin
    while self.replacements[end] != 0:
        end += 1
    return end


# Adds a replacement; spaces that follow a space are left out, but never inside of it. Returns
# whether spaces that follow are to be left out.
def add_replacement(self, rule: int, out: List[int], after_space: bool) -> bool:
    begin = rule
    end = self.replacement_end(rule)
    while after_space and begin < end and self.replacements[begin] == 32:
        begin += 1
    for byte in self.replacements[begin:end]:
        out.append(self.space if byte == 32 else byte)
    if begin < end:
        after_space = self.remove_spaces and self.replacements[end - 1] == 32
    return after_space


# The same for one character that no rule names.
def add_character(self, text: List[int], i: int, width: int, out: List[int],
                  after_space: bool) -> bool:
    byte = text[i]
    if byte == 32:
        if not after_space:
            out.append(self.space)
        after_space = self.remove_spaces
    else:
        after_space = False
        if byte == 226 and text[i + 1] == 150 and text[i + 2] == 129:
            out.append(255)
        else:
            out.extend(text[i:i + width])
    return after_space


# Whether the text is nothing but spaces, and what rules make one.
def is_blank(self, text: List[int]) -> bool:
    i = 0
    while i < len(text) - 1:
        rule, width = self.rule_at(text, i)
        space = text[i:i + width]
        if rule >= 0:
            space = self.replacements[rule:self.replacement_end(rule)]
        if space != [32]:
            return False
        i += width
    return True


def normalize(self, line: str) -> List[int]:
    text = self.clean(line)
    end = len(text) - 1
    out: List[int] = []
    if end == 0 or (self.space_at_end and self.remove_spaces and self.is_blank(text)):
        return [0]
    if self.space_in_front and not self.space_at_end:
        out.append(self.space)
    plain = self.plain
    space = self.space
    remove_spaces = self.remove_spaces
    after_space = remove_spaces
    i = 0
    while i < end:
        # What most ASCII becomes whatever ASCII follows it, or -1.
        byte = plain[text[i]]
        if byte >= 0 and text[i + 1] < 128:
            i += 1
            if byte != 32:
                out.append(byte)
                after_space = False
            elif not after_space:
                out.append(space)
                after_space = remove_spaces
        else:
            rule, width = self.rule_at(text, i)
            if rule >= 0:
                after_space = self.add_replacement(rule, out, after_space)
            else:
                after_space = self.add_character(text, i, width, out, after_space)
            i += width
    if remove_spaces:
        while len(out) > 0 and out[-1] == space:
            out.pop()
    if self.space_in_front and self.space_at_end:
        out.append(space)
    out.append(0)
    return out
