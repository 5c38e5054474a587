# Rondo's own rule, before SentencePiece sees a line: what is no character becomes U+FFFD, in the
# places and as often as utf8::replace_invalid of utfcpp puts it.


# Bytes of the character at place i, or 0 when there is none (cut short, overlong, a surrogate).
def character_width(self, text: List[int], i: int) -> int:
    lead = text[i]
    width = 0 if lead < 194 or lead > 244 else self.widths[lead]
    if lead < 128:
        width = 1
    if width > 1:
        second = text[i + 1]
        low = 128
        high = 191
        if lead == 224:
            low = 160
        elif lead == 237:
            high = 159
        elif lead == 240:
            low = 144
        elif lead == 244:
            high = 143
        if second < low or second > high:
            width = 0
        elif width > 2 and text[i + 2] >> 6 != 2:
            width = 0
        elif width > 3 and text[i + 3] >> 6 != 2:
            width = 0
    return width


# Where the text goes on after the bytes at place i, which are no character.
def after_invalid(self, text: List[int], i: int) -> int:
    end = len(text) - 1
    lead = text[i]
    next = i + 1
    if lead >= 192 and lead < 248:
        last = i + self.widths[lead]
        while next < last and next < end and text[next] >> 6 == 2:
            next += 1
        if next == end and next < last:
            return end
        while next < end and text[next] >> 6 == 2:
            next += 1
    return next


def clean(self, line: str) -> List[int]:
    text = [ord(byte) for byte in line]
    text.append(0)
    if max(text) < 128:
        return text
    end = len(text) - 1
    i = 0
    done = 0
    clean: List[int] = []
    while i < end:
        width = self.character_width(text, i)
        if width > 0:
            i += width
        else:
            clean.extend(text[done:i])
            clean.extend([239, 191, 189])
            i = self.after_invalid(text, i)
            done = i
    if done == 0:
        return text
    clean.extend(text[done:])
    return clean
