import { useQuery } from '@tanstack/react-query';
import { Link as RouteLink } from '@tanstack/react-router';
import type { ChainLink } from '../../../server/contract/chain.js';
import { percent, scaled, unitOf } from '../../lib/format';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { linksQuery } from './api';
import { nodeId, type Link, type Node } from './graph';
import type { LinkRecord } from './record-schema';
import type { Model } from './use-chain-model';
import type { ChainAddress } from './use-chain-view';

interface NodeLinksProps {
  node: Node;
  model: Model;
  view: ChainAddress;
}

/** Where the record's money comes from and where it goes, with the shares and their reasons. */
export function NodeLinks({ node, model, view }: NodeLinksProps) {
  const entered = useQuery(linksQuery(node.record.type, node.record.code));
  const records = entered.data ?? [];
  return (
    <>
      {node.layer > 0 && (
        <LinkTable title="Comes from" links={node.in} other={({ from }) => from} {...{ model, view, records }} />
      )}
      {node.layer < 4 && (
        <LinkTable title="Leads to" links={node.out} other={({ to }) => to} {...{ model, view, records }} />
      )}
    </>
  );
}

interface LinkTableProps {
  title: string;
  links: readonly Link[];
  other: (link: Link) => Node;
  model: Model;
  view: ChainAddress;
  records: readonly LinkRecord[];
}

function LinkTable({ title, links, other, model, view, records }: LinkTableProps) {
  if (links.length === 0) return <p className="about">{title}: nothing.</p>;
  const recordOf = ({ link: { from, to } }: Link): LinkRecord | undefined =>
    records.find(
      (record) =>
        nodeId(record.fromType, record.fromCode) === nodeId(from.type, from.code) &&
        nodeId(record.toType, record.toCode) === nodeId(to.type, to.code),
    );
  const columns: TableColumn<Link>[] = [
    {
      id: 'record',
      header: title,
      rowHeader: true,
      cell: (link) => {
        const node = other(link);
        const reason = recordOf(link)?.rationale;
        return (
          <>
            <button type="button" className="text-link" onClick={() => view.change({ node: node.id })}>
              {node.record.name}
            </button>
            {reason && <span className="about"> {reason}</span>}
          </>
        );
      },
    },
    {
      id: 'spend',
      header: 'Spend',
      unit: unitOf(model.scale, model.page.currency),
      numeric: true,
      cell: ({ link }) => scaled(link.cost, model.scale),
    },
    {
      id: 'shares',
      header: 'Shares',
      cell: ({ link }) => (
        <>
          <Share link={link} kind="allocation" of="of spend" />
          <Share link={link} kind="contribution" of="of value" />
        </>
      ),
    },
    {
      id: 'form',
      header: 'Link',
      hideHeader: true,
      cell: (link) => {
        const record = recordOf(link);
        return record ? (
          <RouteLink to="/links/$ref" params={{ ref: record.id }} aria-label={`Link with ${other(link).record.name}`}>
            Link
          </RouteLink>
        ) : null;
      },
    },
  ];
  return (
    <DataTable
      label={title}
      caption={title}
      hideCaption
      columns={columns}
      rows={links}
      rowKey={({ from, to }) => `${from.id} ${to.id}`}
      className="node-links"
    />
  );
}

/** A share that nobody stated is marked. */
const Share = ({ link, kind, of }: { link: ChainLink; kind: 'allocation' | 'contribution'; of: string }) => (
  <span className="share">
    {percent(link[kind])} {of}
    {link[`${kind}Assumed`] && <span className="assumed"> assumed</span>}
  </span>
);
