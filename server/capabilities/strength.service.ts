import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../access/principal.js';
import { writableAmong } from '../access/rights.js';
import type {
  AddAssessment,
  AddCompetencyCount,
  Assessment,
  CapabilityStrength,
  ChangeAssessment,
  ChangeCompetencyCount,
  CompetencyCount,
} from '../contract/capability.js';
import { type AnyRecord, capability, competency, maturityAssessment } from '../contract/records.js';
import { stale } from '../http/etag.js';
import { notFound, Problem } from '../http/problem.js';
import { RegisterService } from '../records/register.service.js';
import { assessmentsOf, competenciesOf } from './strength.queries.js';

/** How strong a capability was and is: its assessments, and the people that it needs and has. Facts are added; what is wrong is put right or taken back, and audited. */
@Injectable()
export class StrengthService {
  constructor(
    private readonly source: DataSource,
    private readonly register: RegisterService,
  ) {}

  /** @throws Problem 404 for a capability that is not there or out of sight */
  async read(who: Principal, ref: string): Promise<CapabilityStrength> {
    const owner = await this.register.read(capability, who, ref);
    return {
      code: String(owner['code']),
      target: owner['targetMaturity'] === null ? null : String(owner['targetMaturity']),
      mayWrite:
        owner.archivedAt === null && (await writableAmong(this.source, who, 'capability', [owner.id])).has(owner.id),
      assessments: await assessmentsOf(this.source, owner.id),
      competencies: await competenciesOf(this.source, owner.id),
    };
  }

  /** Who assesses is who is signed in. @throws Problem 404, 403, 409 where that day has one, 422 for a day to come */
  async assess(who: Principal, ref: string, given: AddAssessment): Promise<Assessment> {
    const owner = await this.owner(who, ref);
    const fields = { note: null, ...given, capabilityCode: owner['code'], assessorEmail: who.email };
    // One of that day that was taken back leaves the day free.
    return assessmentOf(await this.register.create(maturityAssessment, who, fields, true));
  }

  /** Who corrects it answers for it from then on; the audit keeps who said what before. @param version what If-Match named. @throws Problem 404, 403, 409, 412 with the record as it is, 422 */
  async reassess(
    who: Principal,
    ref: string,
    id: string,
    version: number,
    given: ChangeAssessment,
  ): Promise<Assessment> {
    const seen = await this.register.read(maturityAssessment, who, id);
    await this.own(who, ref, seen);
    const fields = Object.keys(given).length === 0 ? {} : { ...given, assessorEmail: who.email };
    return told(this.register.change(maturityAssessment, who, id, version, fields), assessmentOf);
  }

  /** Takes an assessment out of every figure; the audit keeps it. @throws Problem 404, 403, 412 */
  async withdraw(who: Principal, ref: string, id: string, version: number): Promise<void> {
    await this.own(who, ref, await this.register.read(maturityAssessment, who, id));
    await this.register.archive(maturityAssessment, who, id, version);
  }

  /** @throws Problem 404, 403, 409 where that day has a count of it, or a count that is not theirs would be replaced, 422 */
  async count(who: Principal, ref: string, given: AddCompetencyCount): Promise<CompetencyCount> {
    const owner = await this.owner(who, ref);
    const { code, name, asOf, required, available } = given;
    const fields = { code, asOf, name, capabilityCode: owner['code'], requiredFte: required, availableFte: available };
    return countOf(await this.register.create(competency, who, fields, true));
  }

  /** @throws Problem 404, 403, 412 with the record as it is, 422 */
  async recount(
    who: Principal,
    ref: string,
    id: string,
    version: number,
    { required, available }: ChangeCompetencyCount,
  ): Promise<CompetencyCount> {
    await this.own(who, ref, await this.register.read(competency, who, id));
    const fields = {
      ...(required === undefined ? {} : { requiredFte: required }),
      ...(available === undefined ? {} : { availableFte: available }),
    };
    return told(this.register.change(competency, who, id, version, fields), countOf);
  }

  /** Takes a count out of every figure; the audit keeps it. @throws Problem 404, 403, 412 */
  async discount(who: Principal, ref: string, id: string, version: number): Promise<void> {
    await this.own(who, ref, await this.register.read(competency, who, id));
    await this.register.archive(competency, who, id, version);
  }

  private async owner(who: Principal, ref: string): Promise<AnyRecord> {
    const owner = await this.register.read(capability, who, ref);
    if (owner.archivedAt !== null) throw notFound();
    return owner;
  }

  /** A fact is reached through its own capability only. */
  private async own(who: Principal, ref: string, fact: AnyRecord): Promise<void> {
    const owner = await this.owner(who, ref);
    if (fact.archivedAt !== null || fact['capabilityCode'] !== owner['code']) throw notFound();
  }
}

/** A fact that was changed, as this API tells it; where it was changed meanwhile, so is what it is now. */
const told = async <Fact extends { version: number }>(
  changed: Promise<AnyRecord>,
  tell: (record: AnyRecord) => Fact,
): Promise<Fact> => {
  try {
    return tell(await changed);
  } catch (error) {
    if (error instanceof Problem && error.status === 412) throw stale(tell(error.extra['current'] as AnyRecord));
    throw error;
  }
};

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const assessmentOf = (record: AnyRecord): Assessment => ({
  id: record.id,
  version: record.version,
  assessedOn: String(record['assessedOn']),
  level: textOrNull(record['level']),
  assessor: textOrNull(record['assessorEmail']),
  evidence: textOrNull(record['evidence']),
  note: textOrNull(record['note']),
});

const countOf = (record: AnyRecord): CompetencyCount => ({
  id: record.id,
  version: record.version,
  code: String(record['code']),
  name: String(record['name']),
  asOf: String(record['asOf']),
  required: textOrNull(record['requiredFte']),
  available: textOrNull(record['availableFte']),
  movedTo: null,
});
