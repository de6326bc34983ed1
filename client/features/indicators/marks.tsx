/** The letter in the place of a target that is not set. */
export const NoTarget = () => (
  <abbr title="no target is set">
    x<span className="visually-hidden"> no target is set</span>
  </abbr>
);
