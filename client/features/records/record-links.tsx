import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LAYERS, type Chain, type Layer } from '../../../server/contract/chain.js';
import type { AnyRecord } from '../../../server/contract/records.js';
import type { Rights } from '../../../server/contract/rights.js';
import { decimalsOf, money, scaled, scaleFor, unitOf } from '../../../server/contract/format.js';
import { localised } from '../../../server/contract/locale-number.js';
import { recordPath, registerOf, type RegisterType } from '../../lib/registers';
import { Pad } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { Num } from '../../ui/num';
import { chainQuery, isLayer, linksQuery } from './api';
import { RecordLink } from './record-link';
import { leftOverOf, leftOverSentence } from './left-over';

interface RecordLinksProps {
  type: RegisterType;
  code: string;
  rights: Rights;
}

/** What leads to a record, and what it leads to, with shares and what they leave over. */
export function RecordLinks({ type, code, rights }: RecordLinksProps) {
  const layer = isLayer(type) ? type : 'investment';
  const at = LAYERS.indexOf(layer);
  return (
    <>
      {at < LAYERS.length - 1 && (
        <Side end="from" {...{ layer, code }} mayLink={rights.mayLinkFrom} other={LAYERS[at + 1]!} />
      )}
      {at > 0 && <Side end="to" {...{ layer, code }} mayLink={rights.mayLinkTo} other={LAYERS[at - 1]!} />}
    </>
  );
}

interface SideProps {
  /** `from`: links that lead on from this record, whose allocations add up. */
  end: 'from' | 'to';
  layer: Layer;
  other: Layer;
  code: string;
  mayLink: boolean;
}

function Side({ end, layer, other, code, mayLink }: SideProps) {
  const scope = usePageScope();
  const links = useQuery(linksQuery(end, layer, code));
  const chain = useQuery(chainQuery(scope));
  const field = end === 'from' ? 'allocation' : 'contribution';
  const heading = end === 'from' ? `Leads to ${registerOf(other)!.many}` : `Comes from ${registerOf(other)!.many}`;
  const id = `links-${end}`;
  return (
    <section className="card" aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{heading}</h2>
        {mayLink && (
          <Link
            to="/links/new"
            search={{ [end]: `${layer}:${code}`, return: recordPath(layer, code) }}
            className="button"
            aria-label={`Add a link ${end === 'from' ? 'to' : 'from'} ${/^[aeio]/.test(other) ? 'an' : 'a'} ${other}`}
          >
            Add link
          </Link>
        )}
      </div>
      <QueryState query={links} what="the links" rows={3}>
        {(found) => (
          <>
            {found.length > 0 && (
              <DataTable
                label={heading}
                caption={heading}
                hideCaption
                columns={columns({ end, code, layer }, found, chain.data)}
                rows={found}
                rowKey={(link) => link.id}
              />
            )}
            <p className="about">
              {leftOverSentence(
                leftOverOf(found.map((link) => link[field] as string | null)),
                end === 'from' ? 'unallocated' : 'due to other causes',
                localised,
              )}
            </p>
          </>
        )}
      </QueryState>
    </section>
  );
}

/** A link as its figures name it. */
const stepOf = (link: AnyRecord) => ({
  type: String(link['fromType']),
  ref: String(link['fromCode']),
  to: String(link['toCode']),
});

/** A share that nobody stated, in the form of those that somebody did: `55.00 %`. */
const shareText = (share: number): string => `${localised((share * 100).toFixed(2))}\u00a0%`;

interface Place {
  end: 'from' | 'to';
  code: string;
  layer: Layer;
}

const key = (from: string, to: string) => `${from} ${to}`;

function columns({ end }: Place, links: readonly AnyRecord[], chain: Chain | undefined): TableColumn<AnyRecord>[] {
  const far = end === 'from' ? 'to' : 'from';
  const farOf = (link: AnyRecord) => String(link[`${far}Code`]);
  const names = new Map(chain?.nodes.map(({ type, code, name }) => [key(type, code), name]));
  const worked = new Map(
    chain?.links.map((link) => [key(`${link.from.type}:${link.from.code}`, `${link.to.type}:${link.to.code}`), link]),
  );
  const workedOf = (link: AnyRecord) =>
    worked.get(
      key(
        `${String(link['fromType'])}:${String(link['fromCode'])}`,
        `${String(link['toType'])}:${String(link['toCode'])}`,
      ),
    );
  const costs = links.flatMap((link) => workedOf(link)?.cost ?? []);
  const scale = scaleFor(costs);
  const decimals = Math.max(0, ...costs.map((cost) => decimalsOf(scaled(cost, scale))));
  const share = (field: 'allocation' | 'contribution', header: string): TableColumn<AnyRecord> => ({
    id: field,
    header,
    numeric: true,
    cell: (link) => {
      const isStated = link[field] !== null;
      const given = workedOf(link)?.[field];
      const text = isStated
        ? `${localised(String(link[field]))}\u00a0%`
        : given !== undefined
          ? shareText(given)
          : null;
      return (
        <>
          {text !== null && (
            <Num
              trace={{ figure: `link.${field}`, ...stepOf(link) }}
              label={`${header} of ${String(link['fromCode'])} → ${String(link['toCode'])} ${text}${isStated ? '' : ', assumed'}`}
            >
              {text}
            </Num>
          )}
          {!isStated && <span className="caption"> assumed</span>}
        </>
      );
    },
  });
  return [
    {
      id: 'far',
      header: far === 'to' ? 'To' : 'From',
      rowHeader: true,
      className: 'wide',
      cell: (link) => {
        const type = String(link[`${far}Type`]) as Layer;
        return (
          <RecordLink type={type} code={farOf(link)}>
            {farOf(link)} {names.get(key(type, farOf(link)))}
          </RecordLink>
        );
      },
    },
    share('allocation', 'Allocation'),
    share('contribution', 'Contribution'),
    ...(chain
      ? [
          {
            id: 'cost',
            header: 'Spend it carries',
            unit: unitOf(scale, chain.currency),
            numeric: true,
            cell: (link: AnyRecord) => {
              const cost = workedOf(link)?.cost;
              if (cost === undefined) return null;
              const text = scaled(cost, scale);
              return (
                <>
                  <Num
                    trace={{ figure: 'link.spend', ...stepOf(link) }}
                    label={`Spend from ${String(link['fromCode'])} for ${String(link['toCode'])} ${money(cost, chain.currency, scale)}`}
                  >
                    {text}
                  </Num>
                  <Pad text={text} decimals={decimals} />
                </>
              );
            },
          },
        ]
      : []),
    { id: 'rationale', header: 'Rationale', className: 'wide', cell: (link) => String(link['rationale'] ?? '') },
    {
      id: 'open',
      header: 'Link',
      cell: (link) => (
        <RecordLink type="link" code={link.id} aria-label={`Link with ${farOf(link)}`}>
          Open
        </RecordLink>
      ),
    },
  ];
}
