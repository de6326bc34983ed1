import { CLASSIFICATIONS, REVIEW_PURPOSES, type ReviewDocument } from '../../../../server/contract/review.js';
import { PURPOSE_WORDS } from '../../../../server/contract/review-cover.js';
import { CLASSIFICATION_WORDS } from '../../../../server/contract/review-identity.js';
import { Button } from '../../../ui/button';
import { ChoiceField } from '../../../ui/field';
import { stripped, type EditedSentence } from './edits';
import { StoredSentenceField } from './stored-sentence-field';
import type { Editing } from './use-editing';

const MOST = 3;

/** What the review is for, who may read it, and what it recommends. */
export function CoverForm({ cover, editing }: Pick<ReviewDocument, 'cover'> & { editing: Editing }) {
  const shown = { ...cover, ...editing.edits.cover };
  const recommendations = editing.edits.cover.recommendations ?? cover.written.map(stripped);
  const write = (next: EditedSentence[]) => editing.writeCover({ recommendations: next });
  return (
    <div className="cover-form">
      <ChoiceField
        legend="What it is for"
        choices={REVIEW_PURPOSES.map((value) => ({ value, label: PURPOSE_WORDS[value] }))}
        value={shown.purpose}
        onChange={(purpose) => editing.writeCover({ purpose })}
      />
      <ChoiceField
        legend="Who may read it"
        choices={CLASSIFICATIONS.map((value) => ({ value, label: CLASSIFICATION_WORDS[value] }))}
        value={shown.classification}
        onChange={(classification) => editing.writeCover({ classification })}
      />
      <div className="cover-recommendations">
        {recommendations.map((recommendation, at) => (
          <StoredSentenceField
            key={recommendation.id}
            label={`Recommendation ${at + 1}`}
            sentence={recommendation}
            stored={cover.written.find(({ id }) => id === recommendation.id)}
            hint="Begin with what to do: “Stop…”, “Move…”, “Fund…”."
            onChange={(next) => write(recommendations.map((each, place) => (place === at ? next : each)))}
            onRemove={() => write(recommendations.filter((_, place) => place !== at))}
          />
        ))}
        {recommendations.length < MOST && (
          <Button
            onClick={() =>
              write([...recommendations, { id: `recommendation.${Date.now().toString(36)}`, text: '', confirmed: [] }])
            }
          >
            Add a recommendation
          </Button>
        )}
      </div>
    </div>
  );
}
