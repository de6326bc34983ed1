import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { CapabilityMap } from '../../../server/contract/capability.js';
import type { SessionInfo } from '../../../server/contract/access.js';
import { count, percent, scaleFor } from '../../../server/contract/format.js';
import { periodLabel } from '../../lib/period';
import { Num } from '../../ui/num';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { may, sessionQuery } from '../access/api';
import { FILTER_NAMES } from '../records/register-search';
import { RegisterPage } from '../records/register-page';
import { RegisterTabs } from '../records/register-tabs';
import { capabilityMapQuery, type MapSpan } from './api';
import { CapabilityTable } from './capability-table';
import { MapCard } from './map-card';
import { MismatchCard } from './mismatch-card';
import { coloursOf, type Colour } from './shades';
import '../records/records.css';
import './capabilities.css';

const QUESTION = 'Are we strong where the strategy needs it, and is the money there?';

export interface MapSearch {
  /** `list`: the plain register, with its filters. */
  view?: string;
  colour?: string;
  span?: string;
}

/** Capabilities as a map, or as their plain register. */
export function CapabilitiesPage() {
  const search: MapSearch & Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const isFiltered = FILTER_NAMES.some((name) => search[name] !== undefined);
  const isList = search.view === 'list';
  // Who came by a filter stays in the list when it is taken away.
  useEffect(() => {
    if (isFiltered && !isList)
      void navigate({
        to: '.',
        search: (current: Record<string, unknown>) => ({ ...current, view: 'list' }),
        replace: true,
        resetScroll: false,
      });
  }, [isFiltered, isList, navigate]);
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (isList || isFiltered || !session.reads.includes('capability')) return <RegisterPage />;
  return <MapPage {...{ session, search }} />;
}

function MapPage({ session, search }: { session: SessionInfo; search: MapSearch }) {
  const page = usePageScope();
  const navigate = useNavigate();
  const span: MapSpan = search.span === 'to_date' ? 'to_date' : 'period';
  const map = useQuery(capabilityMapQuery(page, span));
  const colours = coloursOf(map.data?.unassessed ?? null);
  const colour: Colour = colours.find((each) => each === search.colour) ?? colours[0]!;
  const mayWrite = session.writes.includes('capability');
  const go = (change: MapSearch) =>
    void navigate({
      to: '.',
      search: (current: Record<string, unknown>) => ({ ...current, ...change }),
      replace: true,
      resetScroll: false,
    });
  const isEmpty = map.data?.items.length === 0;
  return (
    <main id="content" className="page" tabIndex={-1}>
      <PageHeader
        title="Capabilities"
        question={QUESTION}
        message={map.data ? <Message map={map.data} span={span} /> : '\u00a0'}
        actions={
          !isEmpty && (
            <>
              {mayWrite && (
                <Link to="/capabilities/new" className="button button-primary">
                  New capability
                </Link>
              )}
              <Link to="/capabilities" search={{ view: 'list' }} className="button">
                List and filters
              </Link>
            </>
          )
        }
      >
        {page.scopeName} · {map.data?.unassessed ? '' : 'levels at the end of '}
        {periodLabel(page.period, page.fiscalYearStartMonth)} · spend and benefit{' '}
        {span === 'period' ? 'of the quarter' : 'to date'}, {page.currency}
      </PageHeader>
      <RegisterTabs {...{ session }} />
      <QueryState query={map} what="the map of capabilities" rows={10}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="card">
              <Nothing {...{ session, mayWrite }} isScoped={page.orgUnit !== undefined} />
            </section>
          ) : (
            <Contents map={data} {...{ span, colour, go }} />
          )
        }
      </QueryState>
    </main>
  );
}

interface ContentsProps {
  map: CapabilityMap;
  span: MapSpan;
  colour: Colour;
  go: (change: MapSearch) => void;
}

function Contents({ map, span, colour, go }: ContentsProps) {
  const scale = scaleFor(map.items.map(({ cost }) => cost));
  return (
    <div className="cap-page">
      <div className="cap-parts">
        <MapCard {...{ map, span, colour, go, scale }} />
        <MismatchCard {...{ map, span }} />
      </div>
      <CapabilityTable {...{ map, span, scale }} />
    </div>
  );
}

function Nothing({ session, mayWrite, isScoped }: { session: SessionInfo; mayWrite: boolean; isScoped: boolean }) {
  if (isScoped) return <Empty>No capability belongs to this business area.</Empty>;
  return (
    <Empty
      action={
        <>
          {may(session, 'import') && (
            <Link to="/import" className="button button-primary">
              Import a list of capabilities
            </Link>
          )}{' '}
          {mayWrite && (
            <Link to="/capabilities/new" className="button">
              New capability
            </Link>
          )}
        </>
      }
    >
      There are no capabilities yet. With a list of them, their levels and targets, this page shows where strength is
      missing.
    </Empty>
  );
}

/** `Of 7 strategic capabilities, 3 are below their target and receive 12 % of the spend on capabilities.` */
function Message({ map, span }: { map: CapabilityMap; span: MapSpan }) {
  const { strategic, comparable, belowTarget, belowTargetShare } = map;
  if (map.items.length === 0) return <>No capabilities yet.</>;
  if (comparable === null || belowTarget === null)
    return <>What of this portfolio reaches each capability. How strong they are lies in no portfolio.</>;
  if (strategic === 0) return <>No capability is marked as strategic, so nothing says where strength is needed.</>;
  const all = (
    <Num trace={{ figure: 'strategic_capabilities' }} label={`Strategic capabilities ${count(strategic)}`}>
      {count(strategic)}
    </Num>
  );
  const noun = strategic === 1 ? 'strategic capability' : 'strategic capabilities';
  if (comparable === 0)
    return (
      <>
        None of the {all} {noun} has both a target and an assessed level.
      </>
    );
  const below = (
    <Num trace={{ figure: 'strategic_below_target' }} label={`Strategic capabilities below target ${belowTarget}`}>
      {count(belowTarget)}
    </Num>
  );
  return (
    <>
      Of {all} {noun}, {below} {belowTarget === 1 ? 'is below its target' : 'are below their target'}
      {belowTarget > 0 && belowTargetShare !== null && (
        <>
          {' '}
          and {belowTarget === 1 ? 'receives' : 'receive'}{' '}
          <Num
            trace={{ figure: 'strategic_below_target_share', span }}
            label={`Share of spend that reaches them ${percent(belowTargetShare)}`}
          >
            {percent(belowTargetShare)}
          </Num>{' '}
          of the spend on capabilities
        </>
      )}
      .
    </>
  );
}
