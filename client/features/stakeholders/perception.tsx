import type { Stakeholders } from '../../../server/contract/stakeholder.js';
import { count } from '../../../server/contract/format.js';
import { metricNull } from '../../../server/contract/null-words.js';
import { DataTable } from '../../ui/data-table';
import { letterOf, metricNumber } from '../../ui/metric-text';
import { Num } from '../../ui/num';
import { Empty } from '../../ui/query-state';
import { nameOf, signedDifference, unitOf } from './words';

type Line = NonNullable<Stakeholders['perception']>[number];
type Side = Line['it'];

const FIGURES = {
  'perception.it': 'IT itself',
  'perception.business': 'the business',
  'perception.gap': 'IT less the business',
} as const;

interface ToldProps {
  question: Line['question'];
  figure: keyof typeof FIGURES;
  value: number | null;
  /** Why there is none. */
  reason: Side['nullReason'];
  /** In a sentence the unit stands beside the number. */
  withUnit?: boolean;
}

/** One side or the gap, leading to how often each answer was given; `c` where too few have answered. */
function Told({ question, figure, value, reason, withUnit = false }: ToldProps) {
  const name = `${nameOf(question)}, ${FIGURES[figure]}`;
  const trace = { figure, question, portfolio: '' };
  if (value === null)
    return (
      <Num trace={trace} label={`${name}: ${metricNull(reason)}`} className="num-none">
        {letterOf(reason)}
      </Num>
    );
  const text = figure === 'perception.gap' ? signedDifference(question, value) : metricNumber(value, unitOf(question));
  const inFull = `${text} ${question === 'recommend' ? 'points' : 'of 5'}`;
  return (
    <Num trace={trace} label={`${name}: ${inFull}`}>
      {withUnit ? inFull : text}
    </Num>
  );
}

interface ToldSideProps extends Pick<ToldProps, 'question' | 'figure'> {
  side: Side;
}

const ToldSide = ({ question, figure, side: { value, n, nullReason } }: ToldSideProps) => (
  <>
    <Told question={question} figure={figure} value={value} reason={nullReason} />
    {value !== null && <span className="caption"> n {count(n)}</span>}
  </>
);

/** What IT says of itself beside what the business says: the gap is what IT does not see. Null where no round of the quarter asked IT itself. */
export function Perception({ lines }: { lines: readonly Line[] | null }) {
  return (
    <section className="card" aria-labelledby="gap-head">
      <h2 id="gap-head">{lines === null ? TITLE : <Title lines={lines} />}</h2>
      {lines === null ? (
        <Empty>
          No closed round of this quarter asked IT itself. Mark the areas that are IT when a round is prepared: then
          what they say of themselves stands here beside what the business says.
        </Empty>
      ) : (
        <Lines lines={lines} />
      )}
    </section>
  );
}

const TITLE = 'What IT says of itself, and what the business says';

/** The widest gap of the answers from 1 to 5, in words. */
function Title({ lines }: { lines: readonly Line[] }) {
  const [widest] = lines
    .filter(({ question, gap }) => gap !== null && question !== 'recommend')
    .sort((a, b) => Math.abs(b.gap!) - Math.abs(a.gap!));
  if (!widest) return TITLE;
  const { question, gap } = widest;
  return (
    <>
      IT sees itself {gap! < 0 ? 'below' : 'above'} what the business says most in “{nameOf(question).toLowerCase()}”:{' '}
      <Told question={question} figure="perception.gap" value={gap} reason={null} withUnit />
    </>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <>
      <DataTable
        caption="IT’s own answers beside those of the business"
        hideCaption
        label="IT’s own answers beside those of the business"
        rows={lines}
        rowKey={({ question }) => question}
        columns={[
          { id: 'question', header: 'Question', rowHeader: true, cell: ({ question }) => nameOf(question) },
          {
            id: 'it',
            header: 'IT itself',
            numeric: true,
            cell: ({ question, it }) => <ToldSide question={question} figure="perception.it" side={it} />,
          },
          {
            id: 'business',
            header: 'Business',
            numeric: true,
            cell: ({ question, business }) => (
              <ToldSide question={question} figure="perception.business" side={business} />
            ),
          },
          {
            id: 'gap',
            header: 'Gap',
            numeric: true,
            cell: ({ question, gap, it, business }) => (
              <Told
                question={question}
                figure="perception.gap"
                value={gap}
                reason={it.nullReason ?? business.nullReason}
              />
            ),
          },
        ]}
      />
      <p className="caption">
        Means of 1 to 5; recommending in points; rounded. Gap: IT less business, before rounding. IT’s areas are those
        marked in the round, all other answers are the business’s. Told only where no group below 5 can be worked out.
      </p>
    </>
  );
}
