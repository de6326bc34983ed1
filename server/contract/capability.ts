import { z } from 'zod';
import './messages.js';
import { SPANS } from './chain.js';
import * as p from './primitives.js';

/** Capabilities: how strong they are, how strong they have to be, and whether money and people are where they are missing. */

export const CAPABILITY_MISMATCHES = ['under_funded', 'over_funded'] as const;

export const capabilityMapQuery = z.strictObject({
  period: p.period.optional(),
  /** Of spend and benefit; levels are always the latest before the period's end. */
  span: z.enum(SPANS).default('period'),
  portfolio: p.ref.optional(),
  orgUnit: p.ref.optional(),
});
export type CapabilityMapQuery = z.infer<typeof capabilityMapQuery>;

const level = z.string().nullable();

export const capabilityOnMap = z
  .object({
    code: z.string(),
    name: z.string(),
    /** Code of the capability above; null at the top of the map. */
    parent: z.string().nullable(),
    strategic: z.boolean().nullable(),
    owner: z.string().nullable(),
    /** 0 to 5; null where it was never assessed before the period's end, and in a portfolio. */
    level,
    target: level,
    /** Levels that are missing to the target, 0 where it is reached; null where either is not known. */
    gap: level,
    assessedOn: z.string().nullable(),
    assessor: z.string().nullable(),
    initiatives: z.number().int(),
    outcomes: z.number().int(),
    /** Spend that reaches it, and realised benefit that is credited to it. */
    cost: z.string(),
    realised: z.string(),
    /** Its part of all gaps, those of strategic capabilities counted twice, and its part of the spend of the scope. */
    needShare: z.number().nullable(),
    spendShare: z.number().nullable(),
    mismatch: z.enum(CAPABILITY_MISMATCHES).nullable(),
  })
  .meta({ id: 'CapabilityOnMap' });
export type CapabilityOnMap = z.infer<typeof capabilityOnMap>;

export const capabilityMap = z
  .object({
    period: z.string(),
    span: z.enum(SPANS),
    currency: z.string(),
    strategic: z.number().int(),
    /**
     * Why no level, gap, need or mismatch is told, and nothing that follows from them: assessments have no path to a portfolio, so what all of
     * them say would stand beside the money of one. Null where they are told.
     */
    unassessed: z.enum(['not_in_scope']).nullable(),
    /** Strategic ones below their target, and what part of the spend on capabilities reaches them; null where nothing is spent. */
    belowTarget: z.number().int().nullable(),
    belowTargetShare: z.number().nullable(),
    /** Strategic ones with a target and a level. */
    comparable: z.number().int().nullable(),
    /** Capabilities that money can reach: an equal part of the spend is 1 of so many. */
    reachable: z.number().int(),
    equalPart: z.number().nullable(),
    /** By code; parts stand after what they are part of by `parent`. */
    items: z.array(capabilityOnMap),
  })
  .meta({ id: 'CapabilityMap' });
export type CapabilityMap = z.infer<typeof capabilityMap>;

export const assessment = z
  .object({
    id: z.string(),
    version: z.number().int(),
    assessedOn: z.string(),
    level,
    assessor: z.string().nullable(),
    evidence: z.string().nullable(),
    /** Which criteria of the level are met, and which of the next. */
    note: z.string().nullable(),
  })
  .meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof assessment>;

export const competencyCount = z
  .object({
    id: z.string(),
    version: z.number().int(),
    code: z.string(),
    name: z.string(),
    asOf: z.string(),
    /** Full-time equivalents. */
    required: z.string().nullable(),
    available: z.string().nullable(),
    /** The capability that the competency is counted for next, where that is another, and from which day on. */
    movedTo: z.object({ code: z.string(), name: z.string(), on: z.string() }).nullable(),
  })
  .meta({ id: 'CompetencyCount' });
export type CompetencyCount = z.infer<typeof competencyCount>;

export const capabilityStrength = z
  .object({
    code: z.string(),
    target: level,
    /** Whether the reader may assess it and count its people. */
    mayWrite: z.boolean(),
    /** The oldest first. */
    assessments: z.array(assessment),
    /** By code, the oldest first. */
    competencies: z.array(competencyCount),
  })
  .meta({ id: 'CapabilityStrength' });
export type CapabilityStrength = z.infer<typeof capabilityStrength>;

const assessedLevel = p.decimal(1, { min: 0, max: 5 });
const evidence = p.text().min(1, 'Say what the level rests on.');
const note = p.text(2000).min(1, 'Say which criteria are met, or leave it out.').nullable().optional();

export const addAssessment = z
  .strictObject({ assessedOn: p.date, level: assessedLevel, evidence, note })
  .meta({ id: 'AddAssessment' });
export type AddAssessment = z.infer<typeof addAssessment>;

export const changeAssessment = z
  .strictObject({ assessedOn: p.date.optional(), level: assessedLevel.optional(), evidence: evidence.optional(), note })
  .meta({ id: 'ChangeAssessment' });
export type ChangeAssessment = z.infer<typeof changeAssessment>;

const fte = p.decimal(4, { min: 0 });

export const addCompetencyCount = z
  .strictObject({
    code: p.code,
    name: p.text(200).min(1, 'A name is required.'),
    asOf: p.date,
    required: fte,
    available: fte,
  })
  .meta({ id: 'AddCompetencyCount' });
export type AddCompetencyCount = z.infer<typeof addCompetencyCount>;

export const changeCompetencyCount = z
  .strictObject({ required: fte.optional(), available: fte.optional() })
  .meta({ id: 'ChangeCompetencyCount' });
export type ChangeCompetencyCount = z.infer<typeof changeCompetencyCount>;
