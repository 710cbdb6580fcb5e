using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ActorPool.Tests.PublicApi;

/// <summary>
/// What an assembly shows to the outside, one line per type and member, sorted. Nullability annotations are left out;
/// names of parameters are not, since callers use them.
/// </summary>
static class ApiText
{
    const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> LinesOf(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(LinesOf).OrderBy(line => line.Name, StringComparer.Ordinal).Select(line => line.Modifiers + line.Name)];

    /// <summary>The modifiers stand before the name but are not what lines are sorted by.</summary>
    static IEnumerable<(string Modifiers, string Name)> LinesOf(Type type)
    {
        var name = ApiNames.Of(type);
        yield return (Kind(type) + " ", name + Bases(type) + ApiNames.Constraints(type.GetGenericArguments()));
        var members =
            type.IsEnum ? Constants(type)
            : IsDelegate(type) ? [("", Signature(type.GetMethod("Invoke")!))]
            : type.GetMembers(Declared).Select(Member);
        foreach (var (modifiers, text) in members.Where(member => member.Name != ""))
        {
            yield return (modifiers, $"{name}.{text}");
        }
    }

    static string Kind(Type type) =>
        type.IsEnum ? type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] enum" : "enum"
        : type.IsInterface ? "interface"
        : IsDelegate(type) ? "delegate"
        : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct")
        : type is { IsAbstract: true, IsSealed: true } ? "static class"
        : (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (type.GetMethod("<Clone>$", Declared) is null ? "class" : "record");

    static string Bases(Type type)
    {
        if (IsDelegate(type))
        {
            return "";
        }

        var names =
            type.IsEnum ? [ApiNames.Of(type.GetEnumUnderlyingType())]
            : OwnInterfaces(type).Prepend(type.BaseType!).Where(one => one is not null && one != typeof(object) && one != typeof(ValueType)).Select(ApiNames.Of).ToList();
        return names.Count > 0 ? " : " + string.Join(", ", names) : "";
    }

    static bool IsDelegate(Type type) => typeof(Delegate).IsAssignableFrom(type);

    static IEnumerable<Type> OwnInterfaces(Type type)
    {
        var all = type.GetInterfaces();
        return all.Except(type.BaseType?.GetInterfaces() ?? [])
            .Except(all.SelectMany(one => one.GetInterfaces()))
            .Where(one => one.IsVisible)
            .OrderBy(one => one.FullName ?? one.Name, StringComparer.Ordinal);
    }

    static IEnumerable<(string Modifiers, string Name)> Constants(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        select ("", $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");

    /// <summary>Empty for what nobody outside can name.</summary>
    static (string Modifiers, string Name) Member(MemberInfo member) => member switch
    {
        Type => ("", ""),
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) => ("", ""),
        FieldInfo field when IsVisible(field) => (Modifiers(field), $"{field.Name} : {ApiNames.Of(field.FieldType)}"),
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) =>
            (Modifiers(constructor), $"ctor({Parameters(constructor)})"),
        MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            (Modifiers(method), Signature(method)),
        PropertyInfo property when Accessors(property) is { Count: > 0 } accessors => Property(property, accessors),
        EventInfo { AddMethod: { } add } happening when IsVisible(add) =>
            (Modifiers(add) + "event ", $"{happening.Name} : {ApiNames.Of(happening.EventHandlerType!)}"),
        _ => ("", ""),
    };

    static (string Modifiers, string Name) Property(PropertyInfo property, List<MethodInfo> accessors)
    {
        var indexes = property.GetIndexParameters();
        var verbs = accessors.Select(accessor => accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;");
        return (
            (property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "") + Modifiers(accessors[0]),
            property.Name
                + (indexes.Length > 0 ? $"[{string.Join(", ", indexes.Select(Parameter))}]" : "")
                + $" {{ {string.Join(' ', verbs)} }} : {ApiNames.Of(property.PropertyType)}");
    }

    static List<MethodInfo> Accessors(PropertyInfo property) =>
        [.. new[] { property.GetMethod, property.SetMethod }.OfType<MethodInfo>().Where(IsVisible)];

    static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    static string Signature(MethodInfo method)
    {
        var generic = method.GetGenericArguments();
        return method.Name
            + (generic.Length > 0 ? $"<{string.Join(", ", generic.Select(one => one.Name))}>" : "")
            + $"({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method)}) : {ApiNames.Of(method.ReturnType)}"
            + ApiNames.Constraints(generic);
    }

    static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var way = !type.IsByRef ? "" : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        return (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : way)
            + $"{ApiNames.Of(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}"
            + (parameter.HasDefaultValue ? $" = {Default(parameter)}" : "");
    }

    static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace(", ", " | ", StringComparison.Ordinal),
    };

    static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ")
        + (method.IsStatic ? "static " : "")
        + (!method.IsVirtual || method.IsFinal ? ""
            : method is MethodInfo one && one.GetBaseDefinition() != one ? "override "
            : method.IsAbstract ? "abstract "
            : "virtual ");

    static string Modifiers(FieldInfo field) =>
        (field.IsPublic ? "" : "protected ")
        + (field.IsLiteral ? "const " : field.IsStatic ? "static " : "")
        + (field.IsInitOnly ? "readonly " : "");

    static bool IsVisible(FieldInfo field) => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly;

    static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
