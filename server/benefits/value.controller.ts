import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { value, valueQuery, type ValueQuery } from '../contract/benefit.js';
import { benefitList, benefitPageQuery, type BenefitPageQuery } from '../contract/register.js';
import { readCursor } from '../http/cursor.js';
import { ComputedBodies } from '../http/computed.js';
import { ReturnsStored } from '../http/returns.js';
import { BenefitRegister } from './register.service.js';
import { ValueService } from './value.service.js';

@ApiTags('value')
@Controller('value')
export class ValueController {
  constructor(
    private readonly bodies: ComputedBodies,
    private readonly values: ValueService,
    private readonly register: BenefitRegister,
    private readonly source: DataSource,
  ) {}

  @Get()
  @Allow('value.read')
  @ReturnsStored(value)
  async value(
    @Who() who: Principal,
    @Query({ schema: valueQuery }) query: ValueQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.bodies.answer({ request, response }, who, 'value', query, (manager, reading) =>
      this.values.value(manager, reading),
    );
  }

  /** The register of benefits: what passes the filters, by class, with what each class adds up to. */
  @Get('benefits')
  @Allow('value.read')
  @ReturnsStored(benefitList)
  async benefits(
    @Who() who: Principal,
    @Query({ schema: benefitPageQuery }) query: BenefitPageQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { period, portfolio, orgUnit, limit, cursor, ...filter } = query;
    const offset = cursor === undefined ? 0 : readCursor(cursor, z.int().min(0));
    // Part of the question, so that no answer outlives the day by which it is judged.
    const on = filter.on ?? (await this.register.today(this.source));
    const asked = { period, portfolio, orgUnit, ...filter, on, limit, offset };
    await this.bodies.answer({ request, response }, who, 'value/benefits', asked, async (manager, reading) =>
      JSON.stringify(await this.register.list(manager, reading, { ...filter, on }, { limit, offset })),
    );
  }
}
