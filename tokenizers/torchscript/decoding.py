# Ids to text. Special tokens vanish, and so do other control symbols; the first space is dropped.


def prepare_decoding(self) -> None:
    self.line_start = self.as_string([13, 0])  # "\r"
    self.surfaces = [piece.replace(self.space_text, " ") for piece in self.pieces]
    for id in self.integers("controls"):
        self.surfaces[id] = ""


def starts_with_space(self, id: int) -> bool:
    return len(self.surfaces[id]) > 0 and self.pieces[id].startswith(self.space_text)


# The text of a run of byte pieces, U+FFFD in place of each byte that is part of no character.
def text_of_bytes(self, run: List[int]) -> str:
    bytes = run + [0]
    text: List[int] = []
    i = 0
    while i < len(run):
        width = self.character_width(bytes, i)
        if width > 0:
            text.extend(bytes[i:i + width])
        else:
            text.extend([239, 191, 189])
        i += max(width, 1)
    return "".join([chr(byte) for byte in text])


def decode(self, ids: List[int]) -> str:
    parts: List[str] = []  # none of them empty
    # Bytes. Cleared, never replaced: TorchScript may give a loop that assigns [] the old list back.
    run: List[int] = []
    drop_space = self.space_in_front or self.remove_spaces
    for id in ids:
        known = id >= 0 and id < len(self.pieces)
        assert known, "token id " + str(id) + " is not in the vocabulary"
        if id >= 4 and self.byte_of[id] >= 0:
            run.append(self.byte_of[id])
        elif id >= 4:
            if len(run) > 0:
                parts.append(self.text_of_bytes(run))
                run.clear()
            surface = self.surfaces[id]
            if drop_space and len(parts) == 0 and self.starts_with_space(id):
                surface = surface[1:]
                # Only where extra spaces are removed does every one in front vanish.
                drop_space = self.remove_spaces
            if len(surface) > 0:
                parts.append(surface)
    if len(run) > 0:
        parts.append(self.text_of_bytes(run))
    # A byte piece may be a line end, which would break the one line out for one line in.
    return "".join(parts).replace("\n", " ").replace(self.line_start, " ")
