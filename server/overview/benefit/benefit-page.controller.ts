import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { EntityManager } from 'typeorm';
import { Allow, Who } from '../../access/allow.js';
import type { Principal } from '../../access/principal.js';
import {
  benefitCredits,
  benefitMeasurements,
  benefitMeasures,
  benefitPageQuery,
  type BenefitPageQuery,
  benefitProfile,
  benefitProfileQuery,
  type BenefitProfileQuery,
  benefitSummary,
} from '../../contract/benefit-page.js';
import * as p from '../../contract/primitives.js';
import { ComputedBodies } from '../../http/computed.js';
import type { Reading } from '../../http/reading.js';
import { ReturnsStored } from '../../http/returns.js';
import { BenefitPageService } from './benefit-page.service.js';

type Part = (manager: EntityManager, reading: Reading) => Promise<string>;

@ApiTags('benefits')
@Controller('benefits/:ref')
export class BenefitPageController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly pages: BenefitPageService,
  ) {}

  /** How it stands against its plans, what its owner says, and what it lacks. */
  @Get('summary')
  @Allow('value.read')
  @ReturnsStored(benefitSummary)
  async summary(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: benefitPageQuery }) query: BenefitPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer({ request, response }, who, ref, 'summary', query, (manager, reading) =>
      this.pages.summary(manager, reading, who, ref),
    );
  }

  /** Its whole life by quarter or by month: what came, what is expected, and what was planned. */
  @Get('profile')
  @Allow('value.read')
  @ReturnsStored(benefitProfile)
  async profile(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: benefitProfileQuery }) query: BenefitProfileQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer({ request, response }, who, ref, 'profile', query, (manager, reading) =>
      this.pages.profile(manager, reading, who, ref, query),
    );
  }

  /** What it is measured by, in the measure's own unit. */
  @Get('measures')
  @Allow('value.read')
  @ReturnsStored(benefitMeasures)
  async measures(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: benefitPageQuery }) query: BenefitPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer({ request, response }, who, ref, 'measures', query, (manager, reading) =>
      this.pages.measures(manager, reading, who, ref),
    );
  }

  /** The links that its value is due to, back to the investments, and how much is credited to each of them. */
  @Get('credits')
  @Allow('chain.read')
  @ReturnsStored(benefitCredits)
  async credits(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: benefitPageQuery }) query: BenefitPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer({ request, response }, who, ref, 'credits', query, (manager, reading) =>
      this.pages.credits(manager, reading, who, ref),
    );
  }

  /** Every month as it was entered, with what stood there before. */
  @Get('measurements')
  @Allow('records.read:benefit_value')
  @ReturnsStored(benefitMeasurements)
  async measurements(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Query({ schema: benefitPageQuery }) query: BenefitPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.answer({ request, response }, who, ref, 'measurements', query, (manager, reading) =>
      this.pages.measurements(manager, reading, who, ref),
    );
  }

  private answer(
    http: { request: Request; response: Response },
    who: Principal,
    ref: string,
    part: string,
    query: BenefitPageQuery,
    compute: Part,
  ): Promise<void> {
    return this.bodies.answer(http, who, `benefits/${JSON.stringify(ref)}/${part}`, query, compute);
  }
}
