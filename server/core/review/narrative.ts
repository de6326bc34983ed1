// The client prints and edits the same texts: they are part of the contract.
export * from '../../contract/narrative.js';
