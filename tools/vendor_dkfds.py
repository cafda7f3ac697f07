"""Makes the pinned subset of Det Fælles Designsystem that the page is dressed in, out of npm's own package.

    npm pack dkfds@11.2.0 && python tools/vendor_dkfds.py dkfds-11.2.0.tgz

Kept: the neutral theme's minified CSS without the classes for single icons and without fonts nobody uses, the Latin-1
cut of three weights of IBM Plex Sans, the icons the CSS still names, and the licences. Changed: nothing else.
"""

from __future__ import annotations

import hashlib
import re
import sys
import tarfile
from pathlib import Path

VERSION = "11.2.0"
TARGET = Path(__file__).resolve().parents[1] / "docgen" / "web" / "static" / "vendor" / f"dkfds-{VERSION}"
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
_FONT = re.compile(r"@font-face\{[^}]*\}")
_ICON = re.compile(r"(?<=\})\.icon-[a-z-]+:not\(a\)\{[^}]*\}")
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/")


def main(archive: Path) -> None:
    with tarfile.open(archive) as package:
        def member(name: str) -> bytes:
            found = package.extractfile(f"package/{name}")
            assert found is not None, name
            return found.read()

        css = member("dist/css/dkfds.min.css").decode()
        css = _MAP.sub("", _ICON.sub("", _FONT.sub("", css)))
        faces = "".join(
            f'@font-face{{font-display:swap;font-family:"IBM Plex Sans";font-style:normal;font-weight:{weight};'
            f'src:url(../fonts/IBMPlexSans-{name}-Latin1.woff2) format("woff2")}}'
            for weight, name in WEIGHTS.items()
        )
        files = {"css/dkfds.min.css": (faces + css).encode(), "LICENSE.md": member("LICENSE.md")}
        for name in WEIGHTS.values():
            files[f"fonts/IBMPlexSans-{name}-Latin1.woff2"] = member(f"dist/fonts/IBMPlexSans/split/woff2/IBMPlexSans-{name}-Latin1.woff2")
        for icon in sorted(set(re.findall(r"url\(\.\./img/svg-icons/([a-z-]+\.svg)\)", css))):
            files[f"img/svg-icons/{icon}"] = member(f"dist/img/svg-icons/{icon}")
    files["README.md"] = (
        f"Part of dkfds {VERSION} (https://www.npmjs.com/package/dkfds), made by tools/vendor_dkfds.py.\n\n"
        f"sha512 of npm's package: {hashlib.sha512(archive.read_bytes()).hexdigest()}\n\n"
        "MIT; fonts SIL Open Font License 1.1; icons Apache License 2.0: see LICENSE.md.\n"
    ).encode()
    for name, data in files.items():
        (TARGET / name).parent.mkdir(parents=True, exist_ok=True)
        (TARGET / name).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
