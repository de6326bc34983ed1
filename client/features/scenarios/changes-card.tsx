import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ScenarioEffect } from '../../../server/contract/scenario.js';
import { changeKey, MOST_CHANGES, type ScenarioChange } from '../../../server/contract/scenario-words.js';
import { recordPath } from '../../lib/registers';
import { Button } from '../../ui/button';
import { ChangeForm } from './change-form';
import type { Changes } from './use-changes';
import { changeWords } from './words';

interface ChangesCardProps {
  changes: Changes;
  effect: ScenarioEffect | undefined;
}

/** What is changed: a list, and the form to add to it. */
export function ChangesCard({ changes, effect }: ChangesCardProps) {
  const { list, set } = changes;
  const [edited, setEdited] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const put = (change: ScenarioChange): string | null => {
    const rest = list.filter((other) => changeKey(other) !== edited);
    if (rest.some((other) => changeKey(other) === changeKey(change)))
      return `${change.code} is changed like that from the same month already.`;
    set(edited === null ? [...list, change] : list.map((other) => (changeKey(other) === edited ? change : other)));
    setEdited(null);
    setSaid(`${changeWords(change)}: ${edited === null ? 'added' : 'changed'}.`);
    return null;
  };
  const remove = (change: ScenarioChange) => {
    set(list.filter((other) => other !== change));
    setEdited(null);
    setSaid(`${changeWords(change)}: removed.`);
  };
  const isFull = list.length >= MOST_CHANGES;
  return (
    <section className="card scenario-changes" aria-labelledby="scenario-changes">
      <h2 id="scenario-changes">What is changed</h2>
      {list.length > 0 && (
        <ul className="change-list">
          {list.map((change) => {
            const known = effect?.changes.find((each) => changeKey(each.change) === changeKey(change));
            return (
              <li key={changeKey(change)} data-change={changeKey(change)}>
                {changeKey(change) === edited ? (
                  <ChangeForm
                    key={edited}
                    change={change}
                    suggestedFrom={change.from}
                    onDone={put}
                    onCancel={() => setEdited(null)}
                  />
                ) : (
                  <ChangeLine
                    {...{ change }}
                    name={known?.name}
                    onEdit={() => setEdited(changeKey(change))}
                    onRemove={() => remove(change)}
                  />
                )}
              </li>
            );
          })}
        </ul>
      )}
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {edited === null &&
        (isFull ? (
          <p className="about">A scenario holds at most {MOST_CHANGES} changes.</p>
        ) : (
          effect && <ChangeForm change={null} suggestedFrom={list.at(-1)?.from ?? effect.suggestedFrom} onDone={put} />
        ))}
    </section>
  );
}

interface ChangeLineProps {
  change: ScenarioChange;
  /** Null where there is no such record; undefined while nobody knows. */
  name: string | null | undefined;
  onEdit: () => void;
  onRemove: () => void;
}

function ChangeLine({ change, name, onEdit, onRemove }: ChangeLineProps) {
  const words = changeWords(change);
  return (
    <div className="change-line">
      <p>
        {name === null ? (
          <>
            <s>{words}</s>{' '}
            <span className="field-error">
              <span aria-hidden="true">▲ </span>There is no such {change.type} any more: this does nothing.
            </span>
          </>
        ) : (
          <>
            <b>{words}</b>{' '}
            {name !== undefined && (
              <>
                · {change.type} <Link to={recordPath(change.type, change.code)}>{name}</Link>
              </>
            )}
          </>
        )}
      </p>
      <div className="actions">
        <Button look="plain" onClick={onEdit} aria-label={`Edit: ${words}`}>
          Edit
        </Button>
        <Button look="plain" onClick={onRemove} aria-label={`Remove: ${words}`}>
          Remove
        </Button>
      </div>
    </div>
  );
}
