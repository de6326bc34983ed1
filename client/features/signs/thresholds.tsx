import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  isInRange,
  rangeWords,
  type SignThresholds,
  signThresholds,
  thresholdRange,
} from '../../../server/contract/sign.js';
import { currentIn } from '../../lib/current';
import { shift } from '../../../server/contract/decimal.js';
import { count } from '../../../server/contract/format.js';
import { readNumber, typedNumber } from '../../lib/read-number';
import { QueryState } from '../../ui/query-state';
import { ProofForm, type FieldProblem, type ProofField, type Typed } from '../proof/proof-form';
import { changeThresholds, thresholdsQuery } from './api';

type Item = SignThresholds['items'][number];

/** The thresholds of all tests, changed together: states are judged anew, in periods that are over too. */
export function Thresholds({ onClose }: { onClose: () => void }) {
  const query = useQuery({ ...thresholdsQuery, staleTime: 0 });
  return (
    <section className="card">
      <QueryState query={query} what="the thresholds" rows={8}>
        {(found) => <ThresholdForm found={found} onClose={onClose} />}
      </QueryState>
    </section>
  );
}

function ThresholdForm({ found, onClose }: { found: SignThresholds; onClose: () => void }) {
  const fields = useMemo(() => found.items.map(fieldOf), [found]);
  // Only what this person changed is sent, whatever others changed meanwhile.
  const [was] = useState(() => typedOf(found));
  return (
    <ProofForm<SignThresholds>
      label="Thresholds of the tests"
      fields={fields}
      stored={found}
      typedOf={(stored) => typedOf(stored ?? found)}
      check={(typed) => checked(found.items, typed)}
      asksReason
      save={(typed, stored, reason) => {
        const now = stored ?? found;
        const items = now.items.flatMap((item) =>
          typed[item.test] === was[item.test] ? [] : [{ test: item.test, threshold: readThreshold(item, typed)! }],
        );
        return items.length === 0 ? Promise.resolve() : changeThresholds(now.version, { items }, reason);
      }}
      saveWord="Save thresholds"
      currentOf={(body) => currentIn(signThresholds, body)}
      onDone={onClose}
      onCancel={onClose}
    />
  );
}

const RULES: Record<Item['rule'], string> = {
  below: 'holds below',
  above: 'holds above',
  at_least: 'holds from',
  above_twice: 'holds above, in two periods',
  any: 'org units from which on one counts',
  worsening: '',
};

const isShare = ({ unit }: Item): boolean => unit === 'share';
const shownThreshold = (item: Item, threshold: string): string =>
  typedNumber(isShare(item) ? trimmed(shift(threshold, -2)) : threshold);

const fieldOf = (item: Item): ProofField => ({
  name: item.test,
  label: `${item.name}, ${isShare(item) ? '%' : item.unit === 'days' ? 'days' : 'number'}`,
  kind: 'amount',
  isRequired: true,
  help: `${RULES[item.rule]}; at first ${shownThreshold(item, item.standard)}`,
});

const typedOf = ({ items }: SignThresholds): Typed =>
  Object.fromEntries(items.map((item) => [item.test, shownThreshold(item, item.threshold)]));

/** As the API has it; null where it is no number with at most four decimals, or the test would hold always, or never. */
const readThreshold = (item: Item, typed: Typed): string | null => {
  const number = readNumber((typed[item.test] ?? '').replace(/%\s*$/, ''));
  if (number === null) return null;
  const text = trimmed(isShare(item) ? shift(number, 2) : number);
  const isFine = (text.split('.')[1]?.length ?? 0) <= 4 && isInRange(Number(text), thresholdRange(item));
  return isFine ? text : null;
};

const checked = (items: readonly Item[], typed: Typed): FieldProblem[] =>
  items
    .filter((item) => readThreshold(item, typed) === null)
    .map((item) => ({
      name: item.test,
      message: isShare(item)
        ? `${item.name}: write a percentage ${rangeWords(thresholdRange(item), 100, count)}, with at most two decimals.`
        : `${item.name}: write a number ${rangeWords(thresholdRange(item), 1, count)}.`,
    }));

const trimmed = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
