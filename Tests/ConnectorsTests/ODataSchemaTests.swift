import Connectors
import Testing

@Suite("ODataSchema", .timeLimit(.minutes(1)))
struct ODataSchemaTests {
    static let old = """
        <?xml version="1.0" encoding="utf-8"?>
        <e:Edmx Version="1.0" xmlns:e="http://schemas.microsoft.com/ado/2007/06/edmx"
          xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:s="http://www.sap.com/Protocols/SAPData">
        <e:DataServices m:DataServiceVersion="2.0"><Schema Namespace="API" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
        <EntityContainer Name="C" m:IsDefaultEntityContainer="true">
         <EntitySet Name="A_Doc" EntityType="API.DocType" s:pageable="false" s:creatable="false" s:change-tracking="true"/>
         <EntitySet Name="A_Item" EntityType="API.ItemType" pageable="false"/>
         <EntitySet Name="A_Lost" EntityType="API.Nowhere"/></EntityContainer>
        <EntityType Name="DocType" m:HasStream="true" s:label="Doc">
         <s:Property Name="Decoy" Type="x"/><NavigationProperty Name="to_Item" Relationship="API.r" FromRole="a" ToRole="b"/>
         <Property Name="Amount" Type="Edm.Decimal" Precision="13" s:Type="odd" m:FC_KeepInContent="true"/>
         <Key><PropertyRef Name="Doc"/></Key><Property Name="Doc" Type="Edm.String" Nullable="false" s:display-format="UpperCase"/>
        </EntityType>
        <EntityType Name="ItemType"><Key><PropertyRef Name="Doc"/><PropertyRef Name="Item"/></Key>
         <Property Name="Item" Type="Edm.Int32" Nullable="false"/><Property Name="Doc" Type="Edm.String" Nullable="false"/>
        </EntityType><ComplexType Name="X"/><Association Name="r"/></Schema></e:DataServices></e:Edmx>
        """

    @Test(
        "sap 21: version 2: keys in their order and types, elements by their URIs"
    )
    func version2() throws {
        let schema = try ODataSchema.parse(Array(Self.old.utf8))
        #expect(Set(schema.sets.keys) == ["A_Doc", "A_Item", "A_Lost"])
        let doc = try #require(schema.sets["A_Doc"])
        #expect(doc.keys == [ODataSchema.Key(name: "Doc", type: "Edm.String")])
        #expect(doc.properties["Amount"] == "Edm.Decimal")
        #expect(doc.properties["Decoy"] == nil)
        let item = try #require(schema.sets["A_Item"])
        #expect(item.keys.map(\.name) == ["Doc", "Item"])
        #expect(item.keys.map(\.type) == ["Edm.String", "Edm.Int32"])
        #expect(schema.sets["A_Lost"]?.keys == [])
    }

    @Test("version 4: inheritance and aliases")
    func version4() throws {
        let schema = try ODataSchema.parse(
            Array(
                """
                <edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:Reference Uri="x"/>
                <edmx:DataServices><Schema Namespace="a.b" Alias="Self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
                <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.Guid" Nullable="false"/></EntityType>
                <EntityType Name="Order" BaseType="Self.Base" HasStream="true"><Property Name="When" Type="Edm.DateTimeOffset"/>
                <NavigationProperty Name="_Item" Type="Collection(a.b.Order)"/></EntityType>
                <EntityType Name="Loop" BaseType="a.b.Loop"><Property Name="P" Type="Edm.String"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Order" EntityType="Self.Order"/><EntitySet Name="Loop" EntityType="a.b.Loop">
                <Annotation Term="Org.OData.Capabilities.V1.TopSupported" Bool="false"/></EntitySet></EntityContainer>
                <Annotations Target="Self.C/Order"><Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record>
                <PropertyValue Property="Supported" Bool="true"/></Record></Annotation></Annotations>
                </Schema></edmx:DataServices></edmx:Edmx>
                """.utf8))
        let order = try #require(schema.sets["Order"])
        #expect(order.keys == [ODataSchema.Key(name: "ID", type: "Edm.Guid")])
        #expect(Set(order.properties.keys) == ["ID", "When"])
        #expect(schema.sets["Loop"]?.properties == ["P": "Edm.String"])
    }

    @Test("sap 18: a schema of megabytes is read")
    func large() throws {
        let property = (0..<200).map {
            "<Property Name='P\($0)' Type='Edm.String' MaxLength='40' a='1' b='2' c='3' d='4' e='5'/>"
        }.joined()
        let types = (0..<300).map {
            "<EntityType Name='T\($0)'><Key><PropertyRef Name='P0'/></Key>\(property)</EntityType>"
        }.joined()
        let sets = (0..<300).map { "<EntitySet Name='S\($0)' EntityType='N.T\($0)'/>" }.joined()
        let text =
            "<Edmx Version='1.0'><DataServices><Schema Namespace='N' xmlns='urn:/edm'>\(types)<EntityContainer Name='C'>\(sets)</EntityContainer></Schema></DataServices></Edmx>"
        #expect(text.utf8.count > 5_000_000)
        let schema = try ODataSchema.parse(Array(text.utf8))
        #expect(schema.sets.count == 300)
        #expect(schema.sets["S299"]?.properties.count == 200)
    }

    @Test(
        "what is no schema is refused",
        arguments: [
            "", "{}", "<html><body>Logon</body></html>", "<a/>", "<Edmx/>",
            "<error><code>1</code></error>",
            "<!DOCTYPE a><Edmx/>", "<Edmx><DataServices>",
        ])
    func refused(_ text: String) {
        #expect(throws: ODataError.self) { try ODataSchema.parse(Array(text.utf8)) }
    }
}
