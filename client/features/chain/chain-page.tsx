/** Under way. */
export const ChainPage = () => <main id="content" className="page" tabIndex={-1} />;
