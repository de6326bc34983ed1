import { Link } from '@tanstack/react-router';
import type { BenefitInNeed, CorrectiveActionOfBenefit } from '../../../server/contract/action.js';
import { day, decimalsOf, scaled, scaleFor, signed, unitOf, type Scale } from '../../../server/contract/format.js';
import { recordPath } from '../../lib/registers';
import { stepOfLink } from '../../lib/trace-path';
import { Pad } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { Status } from '../../ui/status';
import { OwnerName } from '../records/owner-name';
import { EffectAmount } from './effect-amount';
import { Mark } from './mark';

const UNITS: Scale = { exponent: 0, suffix: '' };

const Owner = ({ owner }: { owner: string | null }) =>
  owner === null ? <span className="proof-late">no owner</span> : <OwnerName address={owner} />;

const BenefitLink = ({ code, name, hash }: { code: string; name: string; hash?: string }) => (
  <>
    <Link to={recordPath('benefit', code)} {...(hash === undefined ? {} : { hash })}>
      {name}
    </Link>
    <span className="caption register-second code">{code}</span>
  </>
);

const KINDS = {
  planned: { header: 'PL', name: 'Planned to date' },
  realised: { header: 'AC', name: 'Realised to date' },
  variance: { header: 'ΔPL', name: 'Realised less planned' },
} as const;
type Kind = keyof typeof KINDS;

/** Benefits that fall short and that nobody acts upon, with how they stood at the end of both quarters. */
export function NeedTable({ benefits }: { benefits: readonly BenefitInNeed[] }) {
  const { currency } = usePageScope();
  const money = benefits.filter((benefit) => benefit.money);
  const scale = scaleFor(
    money.flatMap((benefit) => [benefit.planned.value, benefit.realised.value].filter((value) => value !== null)),
  );
  const column = (kind: Kind): TableColumn<BenefitInNeed> => {
    const print = kind === 'variance' ? signed : scaled;
    const decimals = Math.max(0, ...money.map((each) => decimalsOf(print(each[kind].value ?? '0', scale))));
    return {
      id: kind,
      header: KINDS[kind].header,
      unit: unitOf(scale, currency),
      numeric: true,
      cell: (benefit) => <Cell {...{ benefit, kind, scale, decimals }} />,
    };
  };
  return (
    <DataTable
      label="Benefits that need action"
      caption="Benefits that need action, the largest shortfall in money first"
      hideCaption
      rows={benefits}
      rowKey={({ code }) => code}
      columns={[
        {
          id: 'benefit',
          header: 'Benefit',
          rowHeader: true,
          className: 'wide',
          cell: ({ code, name }) => <BenefitLink {...{ code, name }} />,
        },
        { id: 'owner', header: 'Owner', cell: ({ owner }) => <Owner owner={owner} /> },
        {
          id: 'before',
          header: 'Quarter before',
          className: 'nowrap',
          cell: ({ before }) => <Status status={before} />,
        },
        { id: 'now', header: 'Now', className: 'nowrap', cell: ({ now }) => <Status status={now} /> },
        column('planned'),
        column('realised'),
        column('variance'),
        {
          id: 'act',
          header: 'What to do',
          className: 'nowrap',
          cell: ({ code, name }) => (
            <Link to={recordPath('benefit', code)} hash="actions" aria-label={`Act upon ${name}`}>
              Act
            </Link>
          ),
        },
      ]}
    />
  );
}

interface CellProps {
  benefit: BenefitInNeed;
  kind: Kind;
  scale: Scale;
  decimals: number;
}

/** A benefit that is not money stands in its own unit. What nobody measured is x. */
function Cell({ benefit, kind, scale, decimals }: CellProps) {
  const page = usePageScope();
  const { value, trace } = benefit[kind];
  const step = stepOfLink(trace, page);
  if (value === null || step === null)
    return (
      <abbr title="not measured">
        x<span className="visually-hidden"> not measured</span>
      </abbr>
    );
  const at = benefit.money ? scale : UNITS;
  const unit = benefit.money ? unitOf(scale, page.currency) : (benefit.unit ?? '');
  const text = kind === 'variance' ? signed(value, at) : scaled(value, at);
  const impact = kind === 'variance' ? benefit.variance.impact : 'neutral';
  const shape = impact === 'neutral' ? '' : impact === 'favourable' ? '▲ ' : '▼ ';
  const tone = impact === 'neutral' ? '' : impact === 'favourable' ? 'variance-good' : 'variance-bad';
  const remark = impact === 'neutral' ? '' : `, ${impact}`;
  return (
    <span className={`figures ${tone}`}>
      <Num trace={step} label={`${KINDS[kind].name}, ${benefit.name}, ${text} ${unit}${remark}`}>
        {shape && <span aria-hidden="true">{shape}</span>}
        {text}
        {!benefit.money && <span className="caption"> {unit}</span>}
      </Num>
      {benefit.money && <Pad text={text} decimals={decimals} />}
    </span>
  );
}

interface ActionTableProps {
  actions: readonly CorrectiveActionOfBenefit[];
  label: string;
  isDone: boolean;
}

/** Corrective actions with their benefit, and what they are to bring or brought. */
export function ActionTable({ actions, label, isDone }: ActionTableProps) {
  const columns: TableColumn<CorrectiveActionOfBenefit>[] = [
    {
      id: 'action',
      header: 'Action',
      rowHeader: true,
      className: 'wide',
      cell: ({ code, title }) => (
        <>
          {title ?? code}
          {title !== null && <span className="caption register-second code">{code}</span>}
        </>
      ),
    },
    {
      id: 'benefit',
      header: 'Benefit',
      className: 'wide',
      cell: ({ benefit: { code, name } }) => <BenefitLink {...{ code, name }} hash="actions" />,
    },
    { id: 'owner', header: 'Owner', cell: ({ owner }) => <Owner owner={owner} /> },
    {
      id: 'day',
      header: isDone ? 'Done' : 'Due',
      className: 'nowrap',
      cell: ({ dueOn, doneOn, isOverdue }) => {
        if (isDone) return doneOn && day(doneOn);
        if (dueOn === null) return 'no day is set';
        return isOverdue ? (
          <span className="proof-late">
            <Mark of="late" /> {day(dueOn)} <span className="register-second">overdue</span>
          </span>
        ) : (
          day(dueOn)
        );
      },
    },
    {
      id: 'amount',
      header: 'Expected effect',
      numeric: true,
      className: 'nowrap',
      cell: ({ code, benefit, effectAmount, unit }) =>
        effectAmount === null ? (
          <span className="caption">not stated</span>
        ) : (
          <EffectAmount benefit={benefit.code} action={code} value={effectAmount} unit={unit} />
        ),
    },
    { id: 'effect', header: 'In words', className: 'wide', cell: ({ effect }) => effect },
    ...(isDone
      ? [
          {
            id: 'result',
            header: 'What came of it',
            className: 'wide',
            cell: ({ result }: CorrectiveActionOfBenefit) => result,
          },
        ]
      : []),
  ];
  return <DataTable {...{ label, columns }} caption={label} hideCaption rows={actions} rowKey={({ code }) => code} />;
}
