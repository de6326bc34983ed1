import { useState } from 'react';
import { printed } from '../../../../server/contract/narrative.js';
import { REVIEW_SECTIONS, type ReviewDocument } from '../../../../server/contract/review.js';
import { copyText } from '../../../lib/clipboard';
import { Button } from '../../../ui/button';
import { SECTION_WORDS } from '../words';
import type { Edits } from './edits';
import type { Editing } from './use-editing';

/** The words of edits, a paragraph a sentence, under the names of their parts. */
const wordsOf = ({ cover, narrative }: Edits, { figures }: ReviewDocument): { name: string; lines: string[] }[] =>
  [
    { name: 'Recommendations', sentences: cover.recommendations ?? [] },
    ...REVIEW_SECTIONS.map(({ id }) => ({ name: SECTION_WORDS[id], sentences: narrative[id] ?? [] })),
  ]
    .map(({ name, sentences }) => ({ name, lines: sentences.map(({ text }) => printed(text, figures)) }))
    .map(({ name, lines }) => ({ name, lines: lines.filter((line) => line.trim() !== '') }))
    .filter(({ lines }) => lines.length > 0);

/** What somebody had written and not saved when the review was frozen by somebody else: to be read and copied, until it is dropped. */
export function LeftWords({ document, editing }: { document: ReviewDocument; editing: Editing }) {
  const [said, say] = useState('');
  const parts = wordsOf(editing.edits, document);
  if (parts.length === 0) return null;
  const text = parts.map(({ name, lines }) => [name, ...lines].join('\n')).join('\n\n');
  return (
    <section className="card left-words" aria-labelledby="left-words-head">
      <h2 id="left-words-head">Your words that were not saved</h2>
      <p>
        The review was frozen before you saved, and does not change any more. Copy what you need; to publish it, correct
        the review and paste it there.
      </p>
      {parts.map(({ name, lines }) => (
        <div key={name}>
          <h3>{name}</h3>
          {lines.map((line, at) => (
            <p key={at} className="prose">
              {line}
            </p>
          ))}
        </div>
      ))}
      <div className="actions">
        <Button
          onClick={() =>
            void copyText(text).then((isCopied) => say(isCopied ? 'Copied' : 'Select the words and copy them by hand'))
          }
        >
          Copy the words
        </Button>
        <Button look="plain" onClick={editing.dropAll}>
          Drop them
        </Button>
        <span role="status" className="caption">
          {said}
        </span>
      </div>
    </section>
  );
}
