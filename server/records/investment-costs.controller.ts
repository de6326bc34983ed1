import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Who } from '../access/allow.js';
import type { Principal } from '../access/principal.js';
import { changeInvestmentCosts, costMonths, type ChangeInvestmentCosts, type CostMonths } from '../contract/benefit.js';
import * as p from '../contract/primitives.js';
import { Returns } from '../http/returns.js';
import { InvestmentCostsService } from './investment-costs.service.js';

@ApiTags('records')
@Controller('investments/:ref/costs')
export class InvestmentCostsController {
  constructor(private readonly costs: InvestmentCostsService) {}

  @Get()
  @Allow('records.read:investment_cost')
  @Returns(costMonths)
  async read(@Who() who: Principal, @Param('ref', { schema: p.ref }) ref: string): Promise<CostMonths> {
    return this.costs.read(who, ref);
  }

  @Put()
  @Allow('records.write:investment_cost')
  @Returns(costMonths)
  async change(
    @Who() who: Principal,
    @Param('ref', { schema: p.ref }) ref: string,
    @Body({ schema: changeInvestmentCosts }) change: ChangeInvestmentCosts,
  ): Promise<CostMonths> {
    return this.costs.change(who, ref, change);
  }
}
