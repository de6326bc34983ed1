import { toGeometry } from '../../server/contract/decimal.js';
import { domainOf, extent, place, type Domain } from './geometry';
import { ScenarioMark, VarianceMark } from './scenario';
import type { Column } from './scenario-columns';

interface ScenarioRowsProps {
  columns: readonly Column[];
  description: string;
}

const HEIGHT = 22;

/** The same as columns, turned: one line a period, where the place is too narrow to label each column. */
export function ScenarioRows({ columns, description }: ScenarioRowsProps) {
  const domain = domainOf(columns.flatMap(({ value, planned }) => [value, planned]));
  return (
    <div className="scenario-rows">
      <p className="visually-hidden">{description}</p>
      {columns.map((column) => (
        <div key={column.key} className="scenario-row">
          <span className="scenario-row-period">{column.label}</span>
          <Marks {...{ column, domain }} />
          <span className="scenario-row-figure">{column.valueLabel}</span>
          <span className="scenario-row-figure">{column.varianceLabel}</span>
        </div>
      ))}
    </div>
  );
}

/** Plan hollow and behind, actual or forecast in front, and from one end to the other the difference. */
function Marks({ column, domain }: { column: Column; domain: Domain }) {
  const { value, planned, variance, scenario, impact } = column;
  const zero = `${place(0, domain)}%`;
  const [end, plan] = [toGeometry(value ?? '0'), toGeometry(planned ?? '0')];
  return (
    <svg className="bar" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      {planned !== null && <ScenarioMark scenario="PL" y={2} height={14} {...extent(0, plan, domain)} />}
      {value !== null && <ScenarioMark scenario={scenario} y={5} height={8} {...extent(0, end, domain)} />}
      {variance !== null && planned !== null && (
        <VarianceMark impact={impact} y={17} height={3} {...extent(plan, end, domain)} />
      )}
      <line className="mark-zero" x1={zero} x2={zero} y1="0" y2={HEIGHT} />
    </svg>
  );
}
