"""docgen's own kinds of rule, in one visible list; the protocol is nlp.registry's.

Their finders may use, beside the text, `analysis.extra`: `word` (a docgen.word.document.ReadDocument) and `content`
(docgen.content.Content: law, municipality, texts). Either may be missing, when a plain text or an example is checked.
"""

from __future__ import annotations

from docgen.kinds import case, complaint, law, told, word

KINDS = (word, law, complaint, case, told)
