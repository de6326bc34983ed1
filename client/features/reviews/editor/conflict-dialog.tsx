import { printed } from '../../../../server/contract/narrative.js';
import type { ReviewSectionId } from '../../../../server/contract/review.js';
import { PURPOSE_WORDS } from '../../../../server/contract/review-cover.js';
import { CLASSIFICATION_WORDS } from '../../../../server/contract/review-identity.js';
import { Button } from '../../../ui/button';
import { ConfirmDialog } from '../../../ui/overlays';
import { SECTION_WORDS } from '../words';
import { writtenIn } from './edits';
import type { Editing } from './use-editing';

/** Somebody else saved meanwhile: both texts of each part, and a choice before anything is written over. */
export function ConflictDialog({ editing }: { editing: Editing }) {
  const { theirs, edits } = editing;
  if (theirs === null) return null;
  const { document } = theirs;
  const isCover = Object.values(edits.cover).some((each) => each !== undefined);
  const words = (texts: readonly { text: string }[], between = ' ') =>
    texts.map(({ text }) => printed(text, document.figures)).join(between) || 'nothing';
  const coverWords = (
    { purpose, classification }: Pick<typeof document.cover, 'purpose' | 'classification'>,
    recommendations: readonly { text: string }[],
  ) =>
    [
      PURPOSE_WORDS[purpose],
      CLASSIFICATION_WORDS[classification],
      ...(recommendations.length > 0 ? [words(recommendations, ' · ')] : []),
    ].join(' · ');
  const parts = [
    ...(isCover
      ? [
          {
            id: 'the cover',
            name: 'The cover',
            theirs: coverWords(document.cover, document.cover.written),
            mine: coverWords(
              {
                purpose: edits.cover.purpose ?? document.cover.purpose,
                classification: edits.cover.classification ?? document.cover.classification,
              },
              edits.cover.recommendations ?? document.cover.written,
            ),
            take: editing.dropCover,
          },
        ]
      : []),
    ...Object.entries(edits.narrative).map(([id, mine]) => ({
      id,
      name: SECTION_WORDS[id as ReviewSectionId],
      theirs: words(document.sections.filter((section) => section.id === id).flatMap(writtenIn)),
      mine: mine === null ? 'back to what the rules say' : words(mine),
      take: () => editing.dropSection(id),
    })),
  ];
  return (
    <ConfirmDialog title="Saved by someone else meanwhile" isOpen={parts.length > 0} onClose={editing.decideLater}>
      <p>Nothing is written over until you have chosen.</p>
      <ul className="review-conflicts">
        {parts.map(({ id, name, theirs: saved, mine, take }) => (
          <li key={id} role="group" aria-label={name}>
            <p>
              <strong>{name}</strong>
            </p>
            <dl>
              <div>
                <dt>Saved now</dt>
                <dd>{saved}</dd>
              </div>
              <div>
                <dt>Yours, not saved</dt>
                <dd>{mine}</dd>
              </div>
            </dl>
            <Button onClick={take}>Take what is saved</Button>
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button look="primary" busy={editing.saving.isPending} onClick={() => editing.saveOver(theirs.version)}>
          Keep mine and save
        </Button>
        <Button onClick={editing.decideLater}>Decide later</Button>
      </div>
    </ConfirmDialog>
  );
}
