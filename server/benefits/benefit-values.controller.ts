import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import {
  benefitMonths,
  changeBenefitValues,
  type BenefitMonths,
  type ChangeBenefitValues,
} from '../contract/benefit.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { BenefitValuesService } from './benefit-values.service.js';

@ApiTags('benefits')
@Controller('benefits/:ref/values')
export class BenefitValuesController {
  constructor(private readonly values: BenefitValuesService) {}

  @Get()
  @Allow('records.read:benefit_value')
  @Returns(benefitMonths)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<BenefitMonths> {
    return this.values.read(who, ref);
  }

  @Put()
  @Allow('records.write:benefit_value')
  @Returns(benefitMonths)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: changeBenefitValues }) change: ChangeBenefitValues,
  ): Promise<BenefitMonths> {
    return this.values.change(who, ref, change);
  }
}
