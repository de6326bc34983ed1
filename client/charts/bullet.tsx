import { place, extent, type Domain } from './geometry';
import { ScenarioMark } from './scenario';
import './metrics.css';

const HEIGHT = 16;

interface BulletProps {
  value: number | null;
  target: number | null;
  /** From here to the target is near it: a bracket. */
  amber: number | null;
  domain: Domain;
}

/** What is, as a bar from zero, against what is to be, as a hollow mark. The figures stand beside it, so the drawing is for the eye only. */
export function Bullet({ value, target, amber, domain }: BulletProps) {
  const at = (amount: number) => `${place(amount, domain)}%`;
  return (
    <svg className="bar bullet" width="100%" height={HEIGHT} aria-hidden="true" focusable="false">
      <line className="mark-grid" x1="0" x2="100%" y1={HEIGHT / 2} y2={HEIGHT / 2} />
      {value !== null && <ScenarioMark scenario="AC" y={5} height={HEIGHT - 10} {...extent(0, value, domain)} />}
      {target !== null && amber !== null && (
        <line className="mark-bracket" x1={at(amber)} x2={at(target)} y1={HEIGHT - 1} y2={HEIGHT - 1} />
      )}
      {target !== null && (
        <svg x={at(target)} overflow="visible">
          <ScenarioMark scenario="PL" x={-2} y={1} width={4} height={HEIGHT - 2} />
        </svg>
      )}
      <line className="mark-zero" x1={at(0)} x2={at(0)} y1="1" y2={HEIGHT - 1} />
    </svg>
  );
}
