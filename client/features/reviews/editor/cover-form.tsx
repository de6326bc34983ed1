import { CLASSIFICATIONS, REVIEW_PURPOSES, type ReviewDocument } from '../../../../server/contract/review.js';
import { Button } from '../../../ui/button';
import { ChoiceField, Field } from '../../../ui/field';
import { CLASSIFICATION_WORDS, PURPOSE_WORDS } from '../words';
import type { Editing } from './use-editing';

const MOST = 3;

/** What the review is for, who may read it, and what it recommends. */
export function CoverForm({ cover, editing }: Pick<ReviewDocument, 'cover'> & { editing: Editing }) {
  const shown = { ...cover, ...editing.edits.cover };
  const { recommendations } = shown;
  const write = (next: string[]) => editing.writeCover({ recommendations: next });
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
          <div key={at} className="cover-recommendation">
            <Field
              label={`Recommendation ${at + 1}`}
              help={at === 0 ? 'Begins with what to do: “Stop…”, “Move…”, “Fund…”.' : undefined}
              maxLength={300}
              value={recommendation}
              onChange={({ target }) =>
                write(recommendations.map((each, place) => (place === at ? target.value : each)))
              }
            />
            <Button look="plain" onClick={() => write(recommendations.filter((_, place) => place !== at))}>
              Remove<span className="visually-hidden"> recommendation {at + 1}</span>
            </Button>
          </div>
        ))}
        {recommendations.length < MOST && (
          <Button onClick={() => write([...recommendations, ''])}>Add a recommendation</Button>
        )}
      </div>
    </div>
  );
}
