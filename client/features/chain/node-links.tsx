import { useQuery } from '@tanstack/react-query';
import { Link as RouteLink } from '@tanstack/react-router';
import { unitOf } from '../../../server/contract/format.js';
import { Amount } from '../../ui/amount';
import { DataTable, type TableColumn } from '../../ui/data-table';
import { linksQuery } from './api';
import { nodeId, type Link, type Node } from './graph';
import { LinkShare } from './link-share';
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
  const step = view.span === 'to_date' ? {} : { span: view.span };
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
        const record = recordOf(link);
        return (
          <>
            <button type="button" className="text-link" onClick={() => view.change({ node: node.id })}>
              {node.record.name}
            </button>
            {record?.rationale && <span className="about"> {record.rationale}</span>}
            {record && (
              <RouteLink
                to="/links/$ref"
                params={{ ref: record.id }}
                className="fix"
                aria-label={`Link with ${node.record.name}`}
              >
                The link
              </RouteLink>
            )}
          </>
        );
      },
    },
    {
      id: 'spend',
      header: 'Spend',
      unit: unitOf(model.scale, model.page.currency),
      numeric: true,
      cell: ({ link, from, to }) => (
        <Amount
          amount={link.cost}
          scale={model.scale}
          name={`${from.record.name} → ${to.record.name}, spend along the link`}
          trace={{ figure: 'link.spend', type: link.from.type, ref: link.from.code, to: link.to.code, ...step }}
        />
      ),
    },
    {
      id: 'shares',
      header: 'Shares',
      cell: ({ link }) => (
        <>
          <LinkShare link={link} kind="allocation" step={step} />
          <LinkShare link={link} kind="contribution" step={step} />
        </>
      ),
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
