import { Link } from '@tanstack/react-router';
import {
  SERVICE_FIGURES,
  type ServiceFigureName,
  type ServiceFigureWithTrend,
  type ServiceLevel,
} from '../../../server/contract/service-level.js';
import { SparkLine } from '../../charts/spark-line';
import { keepScope } from '../../lib/address';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { ruleWords, VariationMark, variationWord } from '../../ui/variation';
import { OwnerName } from '../records/owner-name';
import { changedFigures, FIGURE_WORDS, figureText, figureWords, hasTooFew } from './figures';

/** One line a service: four figures of the period, each with its quarters, what has really changed, and who answers for it. */
export function ServiceTable({ items }: { items: readonly ServiceLevel[] }) {
  return (
    <DataTable
      className="service-table"
      label="Services"
      caption="Each figure is the metric of that name over the months of the service alone, with twelve quarters on their own scale, mean and limits; it leads to these months."
      columns={COLUMNS}
      rows={items}
      rowKey={({ code }) => code}
      scrolls
    />
  );
}

/** Ends of the table are told apart from the rest by what is known: services without a figure come last. */
const sortValue = (name: ServiceFigureName) => (item: ServiceLevel) => item.figures[name].value ?? Infinity;

const figureColumn = (name: ServiceFigureName): TableColumn<ServiceLevel> => ({
  id: name,
  header: FIGURE_WORDS[name].header,
  className: 'service-figure',
  sortBy: sortValue(name),
  cell: (item) => <Figure {...{ item, name }} />,
});

const COLUMNS: readonly TableColumn<ServiceLevel>[] = [
  {
    id: 'name',
    header: 'Service',
    rowHeader: true,
    className: 'service-name',
    sortBy: ({ name }) => name,
    cell: ({ code, name }) => (
      <>
        <Link to="/services/$ref" params={{ ref: code }} search={keepScope}>
          {name}
        </Link>
        <span className="caption service-code">{code}</span>
      </>
    ),
  },
  ...SERVICE_FIGURES.map(figureColumn),
  { id: 'changed', header: 'Variation', className: 'nowrap', cell: (item) => <Changed item={item} /> },
  { id: 'unit', header: 'Serves', cell: ({ orgUnit }) => orgUnit?.name ?? <Nothing words="no business area" /> },
  {
    id: 'owner',
    header: 'Owner',
    cell: ({ ownerEmail }) =>
      ownerEmail === null ? <Nothing words="nobody is named" /> : <OwnerName address={ownerEmail} />,
  },
];

function Figure({ item, name }: { item: ServiceLevel; name: ServiceFigureName }) {
  const figure = item.figures[name];
  return (
    <span className="service-cell">
      <Link
        to="/services/$ref"
        params={{ ref: item.code }}
        search={(current: Record<string, unknown>) => ({ ...keepScope(current), figure: name })}
        className="figures num"
        aria-label={`${FIGURE_WORDS[name].name} of ${item.name}: ${figureWords(name, figure)}`}
      >
        {figure.value === null ? 'x' : figureText(name, figure.value)}
      </Link>
      <SparkLine trend={figure.trend} signal={figure.signal} description={described(name, figure)} />
    </span>
  );
}

export const described = (name: ServiceFigureName, figure: ServiceFigureWithTrend): string =>
  `${FIGURE_WORDS[name].name}, ${figureWords(name, figure).replace(/\.$/, '')}, ${variationWord(figure.signal)}: ${ruleWords(figure.signal)}`;

function Changed({ item }: { item: ServiceLevel }) {
  const changed = changedFigures(item);
  // Where nothing has changed, one mark speaks for all four.
  const all = SERVICE_FIGURES.map((name) => item.figures[name]);
  const quiet = hasTooFew(item) ? all[0] : all.find(({ signal }) => signal.state === 'noise');
  if (changed.length === 0) return quiet ? <VariationMark {...quiet} /> : null;
  return (
    <ul className="service-changes">
      {changed.map((name) => (
        <li key={name}>
          {FIGURE_WORDS[name].short} <VariationMark {...item.figures[name]} />
        </li>
      ))}
    </ul>
  );
}

const Nothing = ({ words }: { words: string }) => (
  <abbr title={words}>
    x<span className="visually-hidden"> {words}</span>
  </abbr>
);
