import { Module } from '@nestjs/common';
import { DECLARATIONS } from '../contract/records.js';
import { InvestmentCostsController } from './investment-costs.controller.js';
import { InvestmentCostsService } from './investment-costs.service.js';
import { recordControllerOf } from './record.controller.js';
import { RegisterService } from './register.service.js';
import { RightsService } from './rights.service.js';

@Module({
  controllers: [
    // Before the registers: `investments/:ref/costs` must not be read as a record of another type.
    InvestmentCostsController,
    ...DECLARATIONS.filter((declaration) => declaration.register === 'list').map(recordControllerOf),
  ],
  providers: [RegisterService, RightsService, InvestmentCostsService],
  exports: [RegisterService],
})
export class RecordsModule {}
