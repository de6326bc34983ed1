import type { KeyboardEvent } from 'react';
import type { ConfirmationItem } from '../../../server/contract/confirmation.js';
import { day } from '../../../server/contract/format.js';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { useWide } from '../chain/use-wide';
import { AgainstPlan, Amount, Benefit, Evidence, ownId, Reported, Standing } from './claim-cells';
import { keyOf } from './selection';
import { STATE_WORDS } from './search';
import { amountWords, placeWords } from './words';

export interface ClaimsProps {
  items: readonly ConfirmationItem[];
  state: keyof typeof STATE_WORDS;
  /** `50 of 212 shown`. */
  caption: string;
  isChosen: (item: ConfirmationItem) => boolean;
  /** As it was when it was chosen, where it has changed since. */
  seenOf: (item: ConfirmationItem) => ConfirmationItem | undefined;
  /** `extend`: with all rows from the last that was chosen. */
  onChoose: (item: ConfirmationItem, isChosen: boolean, extend: boolean) => void;
}

/** The values, to be chosen one by one or in ranges: a table, on a small screen cards. */
export function Claims(props: ClaimsProps) {
  const isWide = useWide();
  const { items, state, caption } = props;
  return (
    <div onKeyDown={(event) => onArrow(event, props)}>
      {isWide ? (
        <DataTable
          label="Realised values"
          caption={caption}
          className="confirm-table"
          columns={columnsOf(props)}
          rows={items}
          rowKey={keyOf}
          scrolls
        />
      ) : (
        <>
          <p className="caption">{caption}</p>
          <ul className="confirm-cards">
            {items.map((item) => (
              <Card key={keyOf(item)} {...props} item={item} />
            ))}
          </ul>
        </>
      )}
      <p className="visually-hidden">
        {state === 'waiting'
          ? 'Arrow up and down move between the checkboxes; with Shift they choose the rows between.'
          : ''}
      </p>
    </div>
  );
}

const STANDING: Record<ClaimsProps['state'], string> = {
  waiting: 'Why it waits',
  confirmed: 'Confirmed by',
  rejected: 'Rejected by',
};

const columnsOf = (props: ClaimsProps): TableColumn<ConfirmationItem>[] => [
  {
    id: 'choose',
    header: 'Choose',
    hideHeader: true,
    className: 'confirm-choose',
    cell: (item) => <Choice {...props} item={item} />,
  },
  {
    id: 'benefit',
    header: 'Benefit',
    rowHeader: true,
    className: 'confirm-benefit',
    cell: (item) => <Benefit item={item} />,
  },
  { id: 'month', header: 'Month', className: 'nowrap', cell: ({ month }) => day(month) },
  { id: 'amount', header: 'Realised', numeric: true, cell: (item) => <Amount item={item} /> },
  { id: 'plan', header: 'Against plan', numeric: true, cell: (item) => <AgainstPlan item={item} /> },
  { id: 'evidence', header: 'Evidence', className: 'confirm-wide', cell: (item) => <Evidence item={item} /> },
  { id: 'reported', header: 'Reported by', cell: (item) => <Reported item={item} /> },
  {
    id: 'standing',
    header: STANDING[props.state],
    className: 'confirm-wide',
    cell: (item) => <Standing item={item} state={props.state} seen={props.seenOf(item)} />,
  },
];

function Choice({ item, isChosen, onChoose }: ClaimsProps & { item: ConfirmationItem }) {
  return (
    <label className="confirm-box">
      <input
        type="checkbox"
        checked={isChosen(item)}
        disabled={!item.mayJudge}
        data-claim={keyOf(item)}
        aria-describedby={item.mayJudge ? undefined : ownId(item)}
        onChange={({ target, nativeEvent }) =>
          onChoose(item, target.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
      <span className="visually-hidden">
        {placeWords(item)}, {amountWords(item, item.amount)}
      </span>
    </label>
  );
}

function Card(props: ClaimsProps & { item: ConfirmationItem }) {
  const { item, state, isChosen, seenOf } = props;
  return (
    <li className="confirm-card" data-chosen={isChosen(item) || undefined}>
      <Choice {...props} />
      <div>
        <p>
          <Benefit item={item} />
        </p>
        <dl>
          <div>
            <dt>{day(item.month)}</dt>
            <dd className="figures">
              <Amount item={item} />
            </dd>
          </div>
          <div>
            <dt>Against plan</dt>
            <dd className="figures">
              <AgainstPlan item={item} />
            </dd>
          </div>
          <div>
            <dt>Evidence</dt>
            <dd>
              <Evidence item={item} />
            </dd>
          </div>
          <div>
            <dt>Reported by</dt>
            <dd>
              <Reported item={item} />
            </dd>
          </div>
          <div>
            <dt>{STANDING[state]}</dt>
            <dd>
              <Standing item={item} state={state} seen={seenOf(item)} />
            </dd>
          </div>
        </dl>
      </div>
    </li>
  );
}

/** Up and down between the checkboxes; with Shift what lies between is chosen. */
function onArrow(event: KeyboardEvent<HTMLElement>, { items, onChoose }: ClaimsProps): void {
  const box = event.target;
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(box instanceof HTMLInputElement) || box.dataset['claim'] === undefined) return;
  event.preventDefault();
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[data-claim]:not(:disabled)')];
  const next = boxes[boxes.indexOf(box) + step];
  next?.focus();
  const item = event.shiftKey && items.find((each) => keyOf(each) === next?.dataset['claim']);
  if (item) onChoose(item, true, true);
}
