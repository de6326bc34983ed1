/** Facts of the scope by period, in the order of `periods`. */
export { readServiceSums as readServiceFacts } from '../services.queries.js';
