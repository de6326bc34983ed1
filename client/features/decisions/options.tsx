import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DecisionPage } from '../../../server/contract/decision.js';
import { Button } from '../../ui/button';
import { useQuickReason } from '../../ui/quick-reason';
import { Empty } from '../../ui/query-state';
import { addOption, chooseOption, removeOption } from './api';

type Option = DecisionPage['options'][number];

interface OptionsProps {
  page: DecisionPage;
  mayAdd: boolean;
  onAdd: () => void;
}

/** What could be decided, and what each choice would bring. */
export function Options({ page: { options, decision }, mayAdd, onAdd }: OptionsProps) {
  const queryClient = useQueryClient();
  const [removed, setRemoved] = useState<Option | null>(null);
  const change = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['decisions'] }),
  });
  const isOpen = decision.decidedAt === null;
  return (
    <section className="card" aria-labelledby="options-head">
      <div className="section-head">
        <h2 id="options-head">Options and consequences</h2>
        {mayAdd && isOpen && <Button onClick={onAdd}>Add an option</Button>}
      </div>
      {options.length === 0 ? (
        <Empty>No option is written down. A decision without one is an announcement.</Empty>
      ) : (
        <ul className="decision-options">
          {options.map((option) => (
            <li key={option.id}>
              <p className="option-name">
                {option.chosen === true && <span aria-hidden="true">● </span>}
                {option.name}
                {option.chosen === true && <span className="caption"> chosen</span>}
              </p>
              <p>{option.consequence ?? <span className="caption">No consequences are written down.</span>}</p>
              {decision.mayWrite && isOpen && (
                <OptionActions
                  option={option}
                  isBusy={change.isPending}
                  choose={(reason) => change.mutateAsync(() => chooseOption(decision, option.id, reason))}
                  remove={(reason) =>
                    change.mutateAsync(() => removeOption(option, reason).then(() => setRemoved(option)))
                  }
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {isOpen && removed && !options.some(({ name }) => name === removed.name) && (
        <p className="caption" role="status">
          “{removed.name}” is removed.{' '}
          <Button
            look="plain"
            busy={change.isPending}
            onClick={() =>
              change.mutate(() => addOption(decision, { name: removed.name, consequence: removed.consequence }))
            }
          >
            Bring it back
          </Button>
        </p>
      )}
      {change.error && <p role="alert">{change.error.message}</p>}
    </section>
  );
}

interface OptionActionsProps {
  option: Option;
  isBusy: boolean;
  choose: (reason: string) => Promise<unknown>;
  remove: (reason: string) => Promise<unknown>;
}

/** Either takes one click; why can be said before it. */
function OptionActions({ option: { name, chosen }, isBusy, choose, remove }: OptionActionsProps) {
  const why = useQuickReason(`The option ${name}`, chosen === true ? 'remove' : 'choose or remove');
  const run = (what: (reason: string) => Promise<unknown>) => () => {
    // What is refused keeps its reason, and is told by the section.
    what(why.reason).then(why.clear, () => undefined);
  };
  return (
    <>
      <div className="actions">
        {chosen !== true && (
          <Button look="plain" busy={isBusy} aria-label={`Choose the option ${name}`} onClick={run(choose)}>
            Choose
          </Button>
        )}
        <Button look="plain" busy={isBusy} aria-label={`Remove the option ${name}`} onClick={run(remove)}>
          Remove
        </Button>
        {why.button}
      </div>
      {why.field}
    </>
  );
}
