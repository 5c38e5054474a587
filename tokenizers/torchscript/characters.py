# One token a character or user-defined symbol.


def prepare_segmentation(self) -> None:
    self.piece_trie = self.trie("pieces")


def segment(self, text: List[int]) -> List[int]:
    ids: List[int] = []
    i = 0
    while i < len(text) - 1:
        id, width = self.longest(self.piece_trie, text, i, self.widths[text[i]])
        if id >= 0:
            ids.append(id)
        else:
            self.add_unknown(text, i, i + width, ids)
        i += width
    return ids
