/** Letters in the place of what is not there, or not over. */

export const NoTarget = () => (
  <abbr title="no target is set">
    x<span className="visually-hidden"> no target is set</span>
  </abbr>
);

export const Provisional = () => (
  <abbr title="provisional: the period is not over" className="indicator-mark">
    p
  </abbr>
);
