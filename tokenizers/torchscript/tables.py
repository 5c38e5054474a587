# What the methods of the tokenizer module share. The file holds `pieces`, `tables` (tensors) and
# `settings`; `prepare` turns them once into the lists and dictionaries that the methods read, since
# an element of a list costs a fraction of one of a tensor.
#
# Text is a list of bytes that ends with one zero more than its length, so that a look at the next
# byte needs no test. A trie is that of double_array.h: labels, bases and ids, one of each a cell.


def __getstate__(self) -> Tuple[List[str], Dict[str, Tensor], Dict[str, int], bool]:
    return (self.pieces, self.tables, self.settings, self.training)


def __setstate__(self, state: Tuple[List[str], Dict[str, Tensor], Dict[str, int], bool]) -> None:
    self.pieces = state[0]
    self.tables = state[1]
    self.settings = state[2]
    self.training = state[3]
    self.prepare()


def integers(self, name: str) -> List[int]:
    values: List[int] = self.tables[name].to(torch.long).tolist()
    return values


def trie(self, name: str) -> List[List[int]]:
    cells = self.tables[name + ".cells"].to(torch.long)
    labels: List[int] = torch.bitwise_and(cells, 255).tolist()
    bases: List[int] = torch.bitwise_right_shift(cells, 8).tolist()
    return [labels, bases, self.integers(name + ".ids")]


def prepare(self) -> None:
    self.byte_fallback = self.settings["byte_fallback"] == 1
    self.remove_spaces = self.settings["remove_extra_whitespaces"] == 1
    self.space_in_front = self.settings["add_dummy_prefix"] == 1
    self.space_at_end = self.settings["treat_whitespace_as_suffix"] == 1
    self.space = 255 if self.settings["escape_whitespaces"] == 1 else 32
    # Not as constants: TorchScript saves those in a form that it cannot always read.
    self.space_mark = self.as_string([255, 0])
    self.space_text = self.as_string([226, 150, 129, 0])
    self.plain = self.integers("plain")
    self.rules = self.trie("rules")
    self.symbols = self.trie("symbols")
    self.has_symbols = self.settings["has_symbols"] == 1
    self.replacements = self.integers("replacements")
    self.byte_of = self.integers("byte_of")
    self.byte_ids = self.integers("byte_ids")
    self.prepare_decoding()
    # Bytes of the character that begins with a byte; 0xFF is a space.
    widths = [1] * 256
    for lead in range(192, 248):
        widths[lead] = 2 if lead < 224 else 3 if lead < 240 else 4
    self.widths = widths
    self.prepare_segmentation()


def size(self) -> int:
    return len(self.pieces)


def piece(self, id: int) -> str:
    assert id >= 0 and id < len(self.pieces), "no such token id"
    return self.pieces[id]


def encode(self, line: str) -> List[int]:
    return self.segment(self.normalize(line))


# An unknown character adds its bytes, or one <unk> for a run of them.
def add_unknown(self, text: List[int], begin: int, end: int, ids: List[int]) -> None:
    if self.byte_fallback:
        for byte in text[begin:end]:
            if byte == 255:
                ids.extend([self.byte_ids[226], self.byte_ids[150], self.byte_ids[129]])
            else:
                ids.append(self.byte_ids[byte])
    elif len(ids) == 0 or ids[-1] != 1:
        ids.append(1)


# The bytes as text in which a space is 0xFF, for look-ups in a dictionary.
def as_string(self, text: List[int]) -> str:
    return "".join([chr(byte) for byte in text[:-1]])
