import { Link } from '@tanstack/react-router';
import type { CapabilityMap, CapabilityOnMap } from '../../../server/contract/capability.js';
import { compare, toGeometry } from '../../../server/contract/decimal.js';
import { day, percent, type Scale, unitOf } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import type { MapSpan } from './api';
import { importanceOf, levelOf } from './words';

interface CapabilityTableProps {
  map: CapabilityMap;
  span: MapSpan;
  scale: Scale;
}

const ofLevel = (level: string | null): number => (level === null ? -1 : toGeometry(level));

/** Columns that say nothing where no level is known. */
const OF_LEVELS = ['level', 'gap', 'assessed'];

/** The map as a table. */
export function CapabilityTable({ map, span, scale }: CapabilityTableProps) {
  const { currency } = usePageScope();
  const unit = unitOf(scale, currency);
  const nameOf = new Map(map.items.map(({ code, name }) => [code, name]));
  const of = ({ code }: CapabilityOnMap) => ({ type: 'capability', ref: code }) as const;
  const all: TableColumn<CapabilityOnMap>[] = [
    {
      id: 'name',
      header: 'Capability',
      rowHeader: true,
      sortBy: ({ name }) => name,
      cell: (item) => (
        <>
          <Link to="/capabilities/$ref" params={{ ref: item.code }}>
            <span className="code">{item.code}</span> {item.name}
          </Link>
          {item.parent !== null && nameOf.has(item.parent) && (
            <span className="unit"> part of {nameOf.get(item.parent)}</span>
          )}
        </>
      ),
    },
    {
      id: 'importance',
      header: 'Importance',
      sortBy: (item) => importanceOf(item.strategic),
      cell: (item) => importanceOf(item.strategic),
    },
    {
      id: 'level',
      header: 'Level',
      unit: 'of 5',
      numeric: true,
      sortBy: ({ level }) => ofLevel(level),
      cell: (item) =>
        item.level === null ? (
          'not assessed'
        ) : (
          <Num trace={{ figure: 'maturity.level', ...of(item) }} label={`Maturity of ${item.name} ${item.level} of 5`}>
            {levelOf(item.level)}
          </Num>
        ),
    },
    {
      id: 'target',
      header: 'Target',
      unit: 'of 5',
      numeric: true,
      sortBy: ({ target }) => ofLevel(target),
      cell: ({ target }) => (target === null ? 'none' : levelOf(target)),
    },
    {
      id: 'gap',
      header: 'Gap',
      numeric: true,
      sortBy: ({ gap }) => ofLevel(gap),
      cell: (item) => (
        <Num
          trace={{ figure: 'maturity.gap', ...of(item) }}
          label={`Maturity gap of ${item.name} ${item.gap ?? 'not known'}`}
        >
          {item.gap === null ? 'x' : levelOf(item.gap)}
        </Num>
      ),
    },
    {
      id: 'spend',
      header: 'Spend',
      unit,
      numeric: true,
      compare: (a, b) => compare(a.cost, b.cost),
      cell: (item) => (
        <Amount
          amount={item.cost}
          scale={scale}
          name={`Spend that reaches ${item.name}`}
          trace={{ figure: 'node.cost', ...of(item), span }}
        />
      ),
    },
    {
      id: 'share',
      header: 'Of spend',
      numeric: true,
      sortBy: ({ spendShare }) => spendShare ?? -1,
      cell: (item) => (
        <Num
          trace={{ figure: 'maturity.spend_share', ...of(item), span }}
          label={`Share of spend at ${item.name} ${item.spendShare === null ? 'not known' : percent(item.spendShare)}`}
        >
          {item.spendShare === null ? 'x' : percent(item.spendShare)}
        </Num>
      ),
    },
    {
      id: 'realised',
      header: 'Benefit realised',
      unit,
      numeric: true,
      compare: (a, b) => compare(a.realised, b.realised),
      cell: (item) => (
        <Amount
          amount={item.realised}
          scale={scale}
          name={`Realised benefit credited to ${item.name}`}
          trace={{ figure: 'node.realised', ...of(item), span }}
        />
      ),
    },
    {
      id: 'assessed',
      header: 'Assessed',
      sortBy: ({ assessedOn }) => assessedOn ?? '',
      cell: ({ assessedOn, assessor }) =>
        assessedOn === null ? (
          'never'
        ) : (
          <>
            {day(assessedOn)}
            {assessor !== null && <span className="unit"> {assessor}</span>}
          </>
        ),
    },
  ];
  const columns = map.unassessed === null ? all : all.filter(({ id }) => !OF_LEVELS.includes(id));
  return (
    <section className="card" aria-labelledby="cap-table-head">
      <h2 id="cap-table-head">The same as a table</h2>
      <DataTable
        caption="Capabilities with their levels, targets, spend and benefit"
        hideCaption
        label="Capabilities"
        columns={columns}
        rows={map.items}
        rowKey={({ code }) => code}
      />
    </section>
  );
}
