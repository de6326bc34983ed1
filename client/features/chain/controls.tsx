import { useState, type FormEvent } from 'react';
import { LAYERS } from '../../../server/contract/chain.js';
import { Button } from '../../ui/button';
import type { Model } from './use-chain-model';
import type { ChainAddress } from './use-chain-view';
import { nodeId } from './graph';
import { useWide } from './use-wide';
import { capital, PLURAL } from './words';

/** Which way the chain is read, how far, and of which records. All of it stands in the address. */
export function Controls({ view, model }: { view: ChainAddress; model: Model | undefined }) {
  const focused = view.focus && model?.graph.nodes.get(nodeId(view.focus.type, view.focus.ref));
  const isWide = useWide();
  const focusName = focused?.record.name ?? view.focus?.ref;
  return (
    <div className="chain-controls" role="group" aria-label="How the chain is shown">
      <Segments
        label="Direction"
        value={view.direction}
        choices={[
          { value: 'forward', label: 'Investments → benefits', key: 'f' },
          { value: 'backward', label: 'Benefits → investments', key: 'b' },
        ]}
        onChange={(direction) =>
          view.change({ direction: direction === 'forward' ? undefined : direction, turned: undefined })
        }
      />
      <Segments
        label="Beside the outline"
        value={view.view}
        choices={[
          { value: 'picture', label: isWide ? 'Picture' : 'Outline only' },
          { value: 'paths', label: 'Paths', key: 'Control+Enter' },
        ]}
        onChange={(shown) => view.change({ view: shown === 'paths' ? shown : undefined })}
      />
      <Segments
        label="Span"
        value={view.span}
        choices={[
          { value: 'to_date', label: 'To date' },
          { value: 'period', label: 'This period' },
        ]}
        onChange={(span) => view.change({ span: span === 'period' ? span : undefined, page: undefined })}
      />
      <label className="picker chain-picker">
        <span>Open</span>
        <select
          value={view.depth ?? ''}
          onChange={(event) => view.change({ depth: event.target.value || undefined, turned: undefined })}
        >
          <option value="">as fits</option>
          {LAYERS.map((layer, index) => (
            <option key={layer} value={index + 1}>
              {index === 0 ? '1 layer' : `${index + 1} layers`}
            </option>
          ))}
        </select>
      </label>
      <MinField key={view.min ?? ''} view={view} currency={model?.page.currency ?? ''} />
      {view.focus && (
        <p className="chain-focus">
          Only paths through {view.focus.type} <b>{focusName}</b>{' '}
          <Button look="plain" onClick={() => view.focusOn(undefined)}>
            Show all {PLURAL[view.focus.type]}
          </Button>
        </p>
      )}
    </div>
  );
}

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; key?: string }[];
  onChange: (value: Value) => void;
}

function Segments<Value extends string>({ label, value, choices, onChange }: SegmentsProps<Value>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className="segment"
          aria-pressed={choice.value === value}
          aria-keyshortcuts={choice.key}
          onClick={() => onChange(choice.value)}
        >
          {capital(choice.label)}
        </button>
      ))}
    </div>
  );
}

/** Applied by Enter or on leaving the field, so that no half-typed amount filters anything. */
function MinField({ view, currency }: { view: ChainAddress; currency: string }) {
  const [text, setText] = useState(view.min ?? '');
  const isBad = text.trim() !== '' && !/^\d{1,15}(\.\d{1,4})?$/.test(text.trim());
  const apply = (event?: FormEvent) => {
    event?.preventDefault();
    const min = text.trim() === '' ? undefined : text.trim();
    if (!isBad && min !== view.min) view.change({ min, page: undefined });
  };
  return (
    <form className="chain-min" onSubmit={apply}>
      <label htmlFor="chain-min">At least, {currency}</label>
      <input
        id="chain-min"
        className="input"
        inputMode="decimal"
        size={9}
        value={text}
        placeholder="any"
        aria-invalid={isBad || undefined}
        aria-describedby={isBad ? 'chain-min-error' : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => apply()}
      />
      {isBad && (
        <span id="chain-min-error" className="field-error" role="alert">
          Digits and a decimal point only.
        </span>
      )}
    </form>
  );
}
