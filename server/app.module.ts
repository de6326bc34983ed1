import { Module, type DynamicModule } from '@nestjs/common';
import { BenefitsModule } from './benefits/benefits.module.js';
import { DatabaseModule, type Surroundings } from './database/database.module.js';
import { RecordsModule } from './records/records.module.js';

/** The table of contents. */
@Module({})
export class AppModule {
  static with(surroundings: Surroundings): DynamicModule {
    return {
      module: AppModule,
      imports: [DatabaseModule.with(surroundings), RecordsModule, BenefitsModule],
    };
  }
}
