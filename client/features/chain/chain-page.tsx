import { useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { LAYERS, type Layer } from '../../../server/contract/chain.js';
import { useShortcuts } from '../../lib/shortcuts';
import { day } from '../../../server/contract/format.js';
import { lastDay, periodLabel } from '../../lib/period';
import { PageHeader } from '../../ui/page-header';
import { usePageScope } from '../../ui/page-scope';
import { Empty, QueryState } from '../../ui/query-state';
import { readsChain, sessionQuery } from '../access/api';
import { ChainMessage } from './chain-message';
import { Controls } from './controls';
import { Coverage } from './coverage';
import { EmptyChain } from './empty-chain';
import { GapChips } from './gap-chips';
import { GapRecords } from './gap-records';
import { InView } from './in-view';
import { NodePanel } from './node-panel';
import { OutlinePanel } from './outline-panel';
import { ChainPaths } from './paths';
import { ChainPicture } from './picture';
import { useChainModel } from './use-chain-model';
import { useChainView, type ChainAddress } from './use-chain-view';
import { useWide } from './use-wide';
import './chain.css';

/** From money to benefits, record by record, and where the line breaks. */
export function ChainPage() {
  const page = usePageScope();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const view = useChainView();
  const about = `${page.scopeName} · actual cost along links, ${page.currency}; benefits AC vs PL · ${view.span === 'to_date' ? 'to' : 'in the quarter to'} ${day(lastDay(page.period, page.fiscalYearStartMonth))} (${periodLabel(page.period, page.fiscalYearStartMonth)})`;
  return (
    <main id="content" className="page chain" tabIndex={-1}>
      {readsChain(session) ? (
        <Explorer view={view} about={about} />
      ) : (
        <>
          <PageHeader title="Chain" question={QUESTION} message="The chain is not shown to your role." />
          <section className="card">
            <Empty>
              Spend and its links are read by the CIO, portfolio managers and finance. Benefits of your own units are in
              the overview.
            </Empty>
          </section>
        </>
      )}
    </main>
  );
}

const QUESTION = 'Where does this money become a benefit, and where does the line break?';

function Explorer({ view, about }: { view: ChainAddress; about: string }) {
  const { model, gaps, picture } = useChainModel(view);
  const isWide = useWide();
  const toFacts = useRef(false);
  const chosen = useRef(false);

  const turn = (direction: 'forward' | 'backward') =>
    view.change({ direction: direction === 'forward' ? undefined : direction, turned: undefined });
  const toPaths = () => view.change({ view: view.view === 'paths' ? undefined : 'paths' });
  const select = (id: string, byKey: boolean) => {
    toFacts.current = byKey;
    chosen.current = true;
    if (id === view.node && byKey) document.getElementById('node-title')?.focus();
    view.change({ node: id });
  };
  useEffect(() => {
    const facts = document.querySelector('.node-panel');
    // What was chosen may lie below the fold; on loading an address nothing was.
    if (chosen.current) facts?.scrollIntoView({ block: 'nearest' });
    chosen.current = false;
    // Opened by a key: the facts take the focus, and Esc gives it back.
    if (toFacts.current) document.getElementById('node-title')?.focus();
    toFacts.current = false;
  }, [view.node]);
  const close = () => {
    view.change({ node: undefined });
    document.querySelector<HTMLElement>('.outline [role="treeitem"][tabindex="0"]')?.focus();
  };
  const expand = (layer: Layer) => {
    const layers = view.expand.includes(layer)
      ? view.expand.filter((other) => other !== layer)
      : LAYERS.filter((other) => other === layer || view.expand.includes(other));
    view.change({ expand: layers.join(',') || undefined });
  };
  useShortcuts(
    {
      f: { label: 'From investments to benefits', run: () => turn('forward') },
      b: { label: 'From benefits to investments', run: () => turn('backward') },
      'Mod+enter': { label: 'Paths or picture', run: toPaths },
      Escape: view.node !== undefined && !view.isTracing ? { label: 'Close the facts', run: close } : undefined,
    },
    'The chain',
  );

  const isEmpty = model.data !== undefined && model.data.chain.nodes.length === 0;
  return (
    <>
      <PageHeader
        title="Chain"
        question={QUESTION}
        message={
          model.data === undefined ? (
            '\u00a0'
          ) : isEmpty ? (
            'Nothing is recorded here yet.'
          ) : (
            <ChainMessage model={model.data} span={view.span} />
          )
        }
      >
        {!isEmpty && about}
      </PageHeader>
      {isEmpty ? (
        <EmptyChain />
      ) : (
        <>
          <section className="card chain-coverage" aria-labelledby="coverage-title">
            <h2 id="coverage-title" className="visually-hidden">
              How far the spend reaches
            </h2>
            <Coverage span={view.span} />
            <QueryState query={gaps} what="the gaps" rows={1}>
              {(found) => (
                <GapChips
                  gaps={found}
                  active={view.gap}
                  onChoose={(gap) => view.change({ gap, expand: undefined, page: undefined })}
                />
              )}
            </QueryState>
          </section>
          {view.gap !== undefined && gaps.data && <GapRecords key={view.gap} kind={view.gap} gaps={gaps.data} />}
          <Controls view={view} model={model.data} />
          <div className="chain-views">
            <div className="chain-left">
              <section className="card outline-card" aria-labelledby="outline-title">
                <header className="outline-head">
                  <h2 id="outline-title">Outline</h2>
                  <InView view={view} picture={picture.data} model={model.data} />
                </header>
                <QueryState query={model} what="the chain" rows={12}>
                  {(data) =>
                    data.outline.roots.length === 0 ? (
                      <Empty>No path passes what is asked for.</Empty>
                    ) : (
                      <div className="outline-scroll">
                        <OutlinePanel model={data} view={view} onSelect={select} onExpand={expand} />
                      </div>
                    )
                  }
                </QueryState>
              </section>
              {view.node !== undefined && model.data && (
                <NodePanel key={view.node} id={view.node} model={model.data} view={view} onClose={close} />
              )}
            </div>
            <div className="chain-right">
              {view.view === 'paths' ? (
                <ChainPaths view={view} asked={model.data?.asked ?? {}} />
              ) : isWide ? (
                <QueryState query={picture} what="the picture" rows={12}>
                  {(found) =>
                    model.data && (
                      <ChainPicture
                        picture={found}
                        model={model.data}
                        view={view}
                        onSelect={(id) => select(id, false)}
                        onExpand={expand}
                      />
                    )
                  }
                </QueryState>
              ) : null}
            </div>
          </div>
        </>
      )}
    </>
  );
}
