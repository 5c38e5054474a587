# One token a word, which begins with a space.


def prepare_segmentation(self) -> None:
    ids_of: Dict[str, int] = {}
    for id, piece in enumerate(self.pieces):
        ids_of[piece.replace(self.space_text, self.space_mark)] = id
    self.ids_of = ids_of


def segment(self, text: List[int]) -> List[int]:
    ids: List[int] = []
    mark = self.space_mark
    for word in self.as_string(text).split(mark)[1:]:
        id = self.ids_of.get(mark + word, 1)
        if id == 1:
            unknown = [ord(byte) for byte in mark + word]
            self.add_unknown(unknown, 0, len(unknown), ids)
        else:
            ids.append(id)
    return ids
