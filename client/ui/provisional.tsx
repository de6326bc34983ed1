import './provisional.css';

/** The letter beside a value of a period that is not over. */
export const Provisional = () => (
  <abbr className="provisional-mark" title="provisional: the period is not over">
    p
  </abbr>
);
