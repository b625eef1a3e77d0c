CREATE STATISTICS plant.cars_dependencies (dependencies) ON make, model, trim_line, line FROM plant.cars; ANALYZE plant.cars;
CREATE STATISTICS plant.cars_combinations (mcv) ON make, model, trim_line, line FROM plant.cars; ANALYZE plant.cars;
